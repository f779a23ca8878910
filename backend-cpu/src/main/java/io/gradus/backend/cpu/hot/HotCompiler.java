package io.gradus.backend.cpu.hot;

import io.gradus.tensor.kernel.Expr;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;

/**
 * Compiles loops, one after the other, in a thread of its own: until the JVM's compiler has had it,
 * a loop on vectors is a thousand times slower than it will be.
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

  private static final BlockingQueue<HotLoop> QUEUE = new LinkedBlockingQueue<>();

  static {
    Thread t = new Thread(HotCompiler::work, "gradus-hot-loops");
    t.setDaemon(true);
    t.setPriority(Thread.MIN_PRIORITY);
    t.start();
  }

  private HotCompiler() {}

  static void submit(HotLoop loop) {
    QUEUE.add(loop);
  }

  private static void work() {
    while (true) {
      try {
        QUEUE.take().compile();
      } catch (InterruptedException e) {
        return;
      } catch (RuntimeException | LinkageError e) {
        LOG.log(System.Logger.Level.WARNING, "a program stays with tiles", e);
      }
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
