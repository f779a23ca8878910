package io.gradus.benchmarks.run;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** One process a core that computes nothing, without pause, until closed. */
final class Spinners implements AutoCloseable {
  private final List<Process> processes = new ArrayList<>();

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
              .start());
    }
  }

  /** The main class of such a process: ends with the one that started it. */
  static final class Spin {
    private Spin() {}

    public static void main(String[] args) {
      Thread.ofPlatform().daemon().start(Spin::spin);
      try {
        while (System.in.read() >= 0) {
          // until the input ends
        }
      } catch (IOException e) {
        // as good as its end
      }
    }

    private static void spin() {
      while (true) {
        Thread.onSpinWait();
      }
    }
  }

  @Override
  public void close() {
    processes.forEach(Process::destroy);
  }
}
