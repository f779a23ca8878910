package io.gradus.backend.cpu.hot;

import io.gradus.tensor.kernel.Expr;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadFactory;
import org.jspecify.annotations.Nullable;

/**
 * Compiles loops, one after the other, in a thread of its own: until the JVM's compiler has had it,
 * a loop on vectors is a thousand times slower than it will be.
 *
 * <p>All of it is optional: whatever fails here, programs go on as tiles and never hear of it.
 */
final class HotCompiler {
  private static final System.Logger LOG = System.getLogger("io.gradus.backend.cpu");

  /** Enough to be compiled for good, some ten times over. */
  private static final int MAX_CALLS = 50_000;

  private static final long MAX_NANOS = 5_000_000_000L;
  private static final int VECTORS = 24;

  /** Calls in a row that have to be fast. */
  private static final int FAST_CALLS = 50;

  /**
   * Nanoseconds that an element of a compiled loop takes at most, for each node: ten times more
   * than measured.
   */
  private static final double NANOS_A_NODE = 0.1;

  /** The one that programs use. */
  static final HotCompiler SHARED =
      new HotCompiler(
          Thread.ofPlatform()
              .name("gradus-hot-loops")
              .daemon(true)
              .priority(Thread.MIN_PRIORITY)
              .factory());

  private final BlockingQueue<Runnable> queue = new LinkedBlockingQueue<>();
  private final ThreadFactory factory;

  /** Null until the first work; another one if it has ended. */
  private @Nullable Thread thread;

  /** A compiler whose thread comes from a factory. */
  HotCompiler(ThreadFactory factory) {
    this.factory = factory;
  }

  /** Does some work soon; if there is no thread for it, when more work comes, or never. */
  void submit(Runnable work) {
    try {
      queue.add(work);
      start();
    } catch (OutOfMemoryError e) { // of the heap, or the system has no more threads
      warn(e);
    }
  }

  private synchronized void start() {
    if (thread == null || !thread.isAlive()) {
      Thread made = factory.newThread(this::work);
      made.start();
      thread = made;
    }
  }

  private void work() {
    while (true) {
      try {
        queue.take().run();
      } catch (InterruptedException e) {
        return;
      } catch (RuntimeException | Error e) { // also a full heap: the next loop may fit
        warn(e);
      }
    }
  }

  private static void warn(Throwable e) {
    try {
      LOG.log(System.Logger.Level.WARNING, "a program stays with tiles", e);
    } catch (OutOfMemoryError again) {
      // Then there is no memory for saying so either.
    }
  }

  /** Calls a loop until it is as fast as compiled code, or is not expected to become so. */
  static boolean becomesFast(Loop loop, int inputs, int outputs, List<Expr> nodes) {
    int n = VECTORS * LoopClass.LANES;
    float[][] in = new float[inputs][n];
    float[][] out = new float[outputs][n];
    int[] inAt = new int[inputs];
    int[] outAt = new int[outputs];
    int count = 0;
    for (Expr e : nodes) {
      count = e instanceof Expr.Param p ? Math.max(count, p.index() + 1) : count;
    }
    float[] params = new float[count];
    long start = System.nanoTime();
    int fast = 0;
    for (int call = 0; call < MAX_CALLS && fast < FAST_CALLS; call++) {
      long before = System.nanoTime();
      if (before - start > MAX_NANOS) {
        return false;
      }
      loop.run(in, inAt, out, outAt, params, n);
      double perElement = (double) (System.nanoTime() - before) / n;
      fast = perElement < NANOS_A_NODE * nodes.size() + 1 ? fast + 1 : 0;
    }
    return fast == FAST_CALLS;
  }
}
