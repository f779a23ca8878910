package io.gradus.fuzz;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import io.gradus.Tensor;
import io.gradus.tck.reference.ReferenceDevice;
import io.gradus.tensor.backend.Device;
import io.gradus.tensor.backend.Storage;
import io.gradus.tensor.dtype.DType;
import io.gradus.tensor.error.DeviceException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.ConcurrentSkipListSet;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/**
 * Calls every public operation with arbitrary arguments.
 *
 * <p>{@code -Dgradus.fuzz.seconds=600} runs for longer, {@code -Dgradus.fuzz.seed=S} starts
 * elsewhere, and with {@code -Dgradus.fuzz.calls=1} makes the one call of a seed again.
 */
class FuzzTest {
  private static final long SEED = Long.getLong("gradus.fuzz.seed", 20_261_121);

  /**
   * A number of calls unless a time is given, so that a quick machine tests what a slow one does.
   */
  private static final int CALLS =
      Integer.getInteger(
          "gradus.fuzz.calls",
          System.getProperty("gradus.fuzz.seconds") == null ? 40_000 : Integer.MAX_VALUE);

  private static final long SECONDS = Long.getLong("gradus.fuzz.seconds", 600);
  private static final int ENOUGH = Integer.getInteger("gradus.fuzz.failures", 60);

  private static final long SECOND = 1_000_000_000L;

  /** What one call may compute; the time of a loaded machine does not count. */
  private static final long MOST_CPU_NANOS = 30 * SECOND;

  /** What one call may take, for those that wait for something that never comes. */
  private static final long MOST_NANOS = 600 * SECOND;

  private static final long MOST_ELEMENTS = 1 << 26;

  private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

  private final List<Operation> operations = Operations.all();
  private final Map<String, String> failures = new ConcurrentSkipListMap<>();
  private final List<Device> devices = new ArrayList<>(List.of(Device.cpu()));
  private final Set<String> refused = new ConcurrentSkipListSet<>();
  private int calls = CALLS;
  private final long end = System.nanoTime() + SECONDS * 1_000_000_000L;

  /** Makes calls until the time is over, or it is given up. */
  private final class Worker implements Runnable {
    private volatile long current;
    private volatile long since = System.nanoTime();
    private volatile long cpuSince;
    private volatile @Nullable FuzzCall call;
    private volatile boolean givenUp;
    private int accepted;

    Worker(long from) {
      current = from;
    }

    @Override
    public void run() {
      while (!givenUp
          && current - SEED < calls
          && System.nanoTime() < end
          && failures.size() < ENOUGH) {
        since = System.nanoTime();
        cpuSince = THREADS.getCurrentThreadCpuTime();
        call = null;
        try {
          FuzzCall next = new FuzzCall(current, operations, devices);
          call = next;
          accepted += next.run() ? 1 : 0;
          if (next.wasRefusedForDevices()) {
            refused.add(next.operation().name());
          }
        } catch (Throwable e) { // Errors too: that none of them escapes is what is tested.
          FuzzCall at = call;
          String key = at == null ? "arguments " + e : at.operation().name() + " " + cause(e);
          failures.putIfAbsent(key, report(current, at, trace(e)));
        }
        current++;
      }
    }

    boolean hangs(Thread thread) {
      long began = cpuSince;
      long at = current;
      long cpu = THREADS.getThreadCpuTime(thread.threadId());
      return System.nanoTime() - since > MOST_NANOS
          || at == current && cpu - began > MOST_CPU_NANOS;
    }
  }

  @Test
  @DisplayName("S13 whatever is passed, only our own errors arise, and they change nothing")
  void everyOperation() throws InterruptedException {
    callAll();
  }

  private static Device other() {
    return new ReferenceDevice() {
      @Override
      public String type() {
        return "other";
      }

      /** Its kernels compute in numbers of 8 bytes, and know no limit of memory. */
      @Override
      public Storage allocate(DType dtype, long elements) {
        if (elements > MOST_ELEMENTS) {
          throw new DeviceException("[allocate] out of memory: %d elements".formatted(elements));
        }
        return super.allocate(dtype, elements);
      }
    };
  }

  @Test
  @DisplayName("S11.2 operands on two devices are refused by all operations, and stay as they were")
  void twoDevices() throws InterruptedException {
    devices.add(other());
    calls = CALLS / 2;
    callAll();
    assertTrue(refused.size() > Math.min(200, calls / 100), refused::toString);
  }

  @Test
  @DisplayName("S11.2 operands on one device, whichever it is, are never refused for their devices")
  void anotherDevice() throws InterruptedException {
    devices.set(0, other());
    calls = CALLS / 4;
    callAll();
    assertEquals(Set.of(), refused);
  }

  @Test
  @DisplayName("S11.2 operands keep to their device whatever the default device is")
  void anotherDefault() throws InterruptedException {
    Tensor.setDefaultDevice(other());
    try {
      calls = CALLS / 4;
      callAll();
    } finally {
      Tensor.setDefaultDevice(Device.cpu());
    }
    assertEquals(Set.of(), refused);
  }

  private void callAll() throws InterruptedException {
    System.out.println("fuzz: seed %d, %d operations".formatted(SEED, operations.size()));
    int accepted = 0;
    long at = SEED;
    for (boolean done = false; !done; at++) {
      Worker worker = new Worker(at);
      Thread thread = Thread.ofPlatform().daemon().name("fuzz").start(worker);
      while (thread.isAlive() && !worker.hangs(thread)) {
        thread.join(200);
      }
      done = !thread.isAlive();
      if (!done) {
        worker.givenUp = true;
        failures.put("hang " + worker.current, report(worker.current, worker.call, stack(thread)));
      }
      accepted += worker.accepted;
      at = worker.current;
    }
    System.out.println("fuzz: %d calls, %d of them accepted".formatted(at - SEED, accepted));
    if (!failures.isEmpty()) {
      fail(failures.size() + " kinds of failure\n" + String.join("\n", failures.values()));
    }
    assertTrue(accepted > 0);
  }

  /** Where it arose: one report for each place is enough. */
  private static String cause(Throwable e) {
    for (StackTraceElement at : e.getStackTrace()) {
      if (at.getClassName().startsWith("io.gradus") && !at.getClassName().contains(".fuzz.")) {
        return e.getClass() + " " + at;
      }
    }
    return e.toString().lines().limit(1).reduce("", String::concat);
  }

  private static String report(long seed, @Nullable FuzzCall call, String what) {
    return "== seed %d; again: -Dgradus.fuzz.seed=%d -Dgradus.fuzz.calls=1\n%s\n%s"
        .formatted(seed, seed, call == null ? "while making arguments" : call, what);
  }

  private static String trace(Throwable e) {
    StringWriter text = new StringWriter();
    e.printStackTrace(new PrintWriter(text));
    return text.toString().lines().limit(14).reduce("", (a, b) -> a + "\n" + b);
  }

  private static String stack(Thread worker) {
    List<String> lines = new ArrayList<>();
    lines.add(
        "no end after %d s of computing, or %d s"
            .formatted(MOST_CPU_NANOS / SECOND, MOST_NANOS / SECOND));
    for (StackTraceElement e : worker.getStackTrace()) {
      lines.add("  at " + e);
    }
    return String.join("\n", lines);
  }
}
