package io.gradus.fusion;

import io.gradus.Internals;
import io.gradus.Tensor;
import io.gradus.tensor.backend.Storage;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * The switch of fusion, and a look at what it did.
 *
 * <p>With fusion on, which it is unless {@code -Dgradus.fusion=off}, pointwise operations on large
 * tensors check everything at the call and compute when the result is read; a chain of them becomes
 * one pass through memory. Results have the same bits either way.
 *
 * <pre>{@code
 * try (var eager = Fusion.off()) {
 *   Tensor y = x.mul(2).add(1); // two passes, now
 * }
 * }</pre>
 */
public final class Fusion {
  private static final boolean LOGS = Boolean.getBoolean("gradus.fusion.log");
  private static final int DEFAULT_THRESHOLD = 4096;

  private static volatile long threshold =
      Long.getLong("gradus.fusion.threshold", DEFAULT_THRESHOLD);
  private static volatile boolean on =
      !"off".equalsIgnoreCase(System.getProperty("gradus.fusion", "on"));

  /** The number of elements from which operations wait; beyond all numbers while fusion is off. */
  private static volatile long least = least();

  private Fusion() {}

  /** What to restore when a block ends. */
  public static final class Scope implements AutoCloseable {
    private final boolean onBefore = on;
    private final long thresholdBefore = threshold;

    private Scope() {}

    @Override
    public void close() {
      set(onBefore, thresholdBefore);
    }
  }

  /** Whether operations on large tensors wait until their result is read. */
  public static boolean isOn() {
    return on;
  }

  /** The number of elements from which operations wait. */
  public static long threshold() {
    return threshold;
  }

  /** Computes every operation at the call, in all threads, until the result is closed. */
  public static Scope off() {
    return enabled(false);
  }

  /** Switches fusion for all threads until the result is closed. */
  public static Scope enabled(boolean flag) {
    Scope before = new Scope();
    set(flag, threshold);
    return before;
  }

  /** Fuses operations on tensors of at least so many elements, until the result is closed. */
  public static Scope from(long elements) {
    Scope before = new Scope();
    set(on, elements);
    return before;
  }

  private static synchronized void set(boolean flag, long elements) {
    on = flag;
    threshold = elements;
    least = least();
  }

  private static long least() {
    return on ? Math.max(threshold, 1) : Long.MAX_VALUE;
  }

  /** Whether an operation with so many results waits; for the packages of this module. */
  public static boolean waits(long elements) {
    return elements >= least;
  }

  /** Computes what a tensor may still owe. */
  public static void compute(Tensor tensor) {
    Internals.operand(tensor);
  }

  /** Computes what tensors may still owe; those of one shape in few passes. */
  public static void compute(Tensor... tensors) {
    List<Pending> owing = List.of();
    for (Tensor t : tensors) {
      if (Internals.late(t).storage() instanceof Pending p) {
        if (owing.isEmpty()) {
          owing = new ArrayList<>();
        }
        owing.add(p);
      }
    }
    compute(owing);
  }

  private static void compute(List<Pending> owing) {
    while (!owing.isEmpty()) {
      Pending first = owing.get(0);
      List<Pending> alike = new ArrayList<>();
      List<Pending> others = new ArrayList<>();
      for (Pending p : owing) {
        boolean fits = p.layout().sameShape(first.layout()) && p.device() == first.device();
        (fits ? alike : others).add(p);
      }
      if (alike.size() == 1) {
        first.resolve();
      } else {
        Group.computeAll(alike.toArray(new Pending[0]));
      }
      owing = others;
    }
  }

  /**
   * The kernels that were made of several operations so far: their operations, how many operands in
   * memory they read and write, and how often they ran; the most frequent first.
   */
  public static List<String> listing() {
    List<Chain> chains = new ArrayList<>();
    Chain.EMPTY.collect(chains);
    chains.sort(Comparator.comparingLong(Chain::runs).reversed());
    List<String> lines = new ArrayList<>();
    for (Chain c : chains) {
      lines.add(c + ", " + c.runs() + (c.runs() == 1 ? " run" : " runs"));
    }
    return lines;
  }

  /** Notes a new kernel, with {@code -Dgradus.fusion.log=true}. */
  static void log(Chain chain) {
    if (LOGS) {
      System.getLogger("io.gradus.fusion").log(System.Logger.Level.INFO, "fused {0}", chain);
    }
  }

  /** To be called before memory is written; for the packages of this module. */
  public static void beforeWrite(Storage storage) {
    Readers.beforeWrite(storage);
  }

  /** From now on the user writes this memory without notice; for the packages of this module. */
  public static void handOut(Storage storage) {
    Readers.handOut(storage);
  }
}
