package io.gradus.benchmarks;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

/** One process a core that computes nothing, without pause while told so, until closed. */
final class Spinners implements AutoCloseable {
  private static final int SPIN = 's';
  private static final int REST = 'r';

  private final List<Process> processes = new ArrayList<>();

  /** Starts them at rest. */
  Spinners() throws IOException {
    String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    for (int i = 0; i < Runtime.getRuntime().availableProcessors(); i++) {
      processes.add(
          new ProcessBuilder(
                  java,
                  "-XX:+UseSerialGC",
                  "-Xmx16m",
                  "-cp",
                  System.getProperty("java.class.path"),
                  Spin.class.getName())
              .redirectError(ProcessBuilder.Redirect.DISCARD)
              .start());
    }
  }

  /** Lets all spin; returns when they do. */
  void spin() throws IOException {
    tell(SPIN);
  }

  /** Lets all rest; returns when they do. */
  void rest() throws IOException {
    tell(REST);
  }

  private void tell(int what) throws IOException {
    for (Process p : processes) {
      p.getOutputStream().write(what);
      p.getOutputStream().flush();
    }
    for (Process p : processes) {
      if (p.getInputStream().read() != what) {
        throw new IOException("a process that was to load a core has ended");
      }
    }
  }

  /** The processes' handles. */
  List<ProcessHandle> handles() {
    return processes.stream().map(Process::toHandle).toList();
  }

  @Override
  public void close() {
    processes.forEach(Process::destroy);
  }

  /** The main class of such a process: ends with the one that started it. */
  static final class Spin {
    private static volatile boolean spinning;

    private Spin() {}

    public static void main(String[] args) throws IOException {
      Thread thread = Thread.ofPlatform().daemon().start(Spin::work);
      for (int told = System.in.read(); told >= 0; told = System.in.read()) {
        spinning = told == SPIN;
        LockSupport.unpark(thread);
        System.out.write(told);
        System.out.flush();
      }
    }

    private static void work() {
      while (true) {
        while (spinning) {
          Thread.onSpinWait();
        }
        LockSupport.park();
      }
    }
  }
}
