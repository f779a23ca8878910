package io.gradus.backend.cpu.lanes;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Runs samples of vector loops in the background until the JIT has compiled them, those first that
 * are missed most.
 *
 * <p>That a loop is compiled shows in its time: as long as vectors are objects it is many times
 * slower than the scalar loop, also when that one is compiled without optimisations.
 */
final class WarmUp {
  /** Calls in a row; the shortest counts. */
  private static final int BURST = 32;

  /** Before so many calls the scalar loop may still be interpreted. */
  private static final int SCALAR_CALLS = 300;

  /** A round that takes longer, in nanoseconds, is interpreted. */
  private static final int SLOW_ROUND = 30_000;

  /** So many calls of one round have the JIT compile a loop, in its quick way. */
  private static final int SHORT_CALLS = 3000;

  /** Bursts until another loop has its turn. */
  private static final int TURN = 16;

  /** From so many calls on the JIT has been asked, and all that is left to do is wait for it. */
  private static final int ENOUGH_CALLS = 2000;

  /** After so many the JIT will not compile the loop: it has no optimising compiler, say. */
  private static final int TOO_MANY_CALLS = 200_000;

  /** A compiled vector loop is at least so many times faster than the scalar one at first. */
  private static final int GAIN = 4;

  /** Milliseconds without a miss after which the thread ends. */
  private static final int PATIENCE = 100;

  private static final List<WarmUp> LOOPS = new ArrayList<>();
  private static boolean running;

  private final HotLoop loop;
  private long scalarNanos = Long.MAX_VALUE;
  private int calls;
  private int served;

  private WarmUp(HotLoop loop) {
    this.loop = loop;
  }

  /** Has a loop warmed up, soon. */
  static synchronized void start(HotLoop loop) {
    LOOPS.add(new WarmUp(loop));
    if (!running) {
      running = true;
      Thread.ofPlatform()
          .name("gradus-cpu-warm-up")
          .daemon(true)
          .inheritInheritableThreadLocals(false)
          .start(WarmUp::runAll);
    }
  }

  private static void runAll() {
    int idle = 0;
    while (idle < PATIENCE) {
      WarmUp next = mostMissed();
      if (next != null && next.finished()) {
        synchronized (WarmUp.class) {
          LOOPS.remove(next);
        }
      }
      idle = next == null ? idle + 1 : 0;
      if (next == null || next.calls >= ENOUGH_CALLS) {
        try {
          Thread.sleep(1);
        } catch (InterruptedException e) {
          break;
        }
      }
    }
    synchronized (WarmUp.class) {
      LOOPS.forEach(w -> w.loop.stopWaiting());
      LOOPS.clear();
      running = false;
    }
  }

  /** Whether the loop needs no further turn, also because its sample fails: others go on. */
  private boolean finished() {
    try {
      return turn();
    } catch (RuntimeException e) {
      System.getLogger(WarmUp.class.getName())
          .log(System.Logger.Level.WARNING, "a loop stays scalar: its warm-up failed", e);
      loop.stopWaiting();
      return true;
    }
  }

  /** The loop with the most misses since its last turn; null if there were none. */
  private static synchronized @Nullable WarmUp mostMissed() {
    WarmUp most = null;
    for (WarmUp w : LOOPS) {
      int fresh = w.loop.misses() - w.served;
      if (fresh > 0 && (most == null || fresh > most.loop.misses() - most.served)) {
        most = w;
      }
    }
    return most;
  }

  /** Some calls; whether that is the end of the warm-up. */
  private boolean turn() {
    served = loop.misses();
    if (calls == 0) {
      if (!loop.exists()) {
        return true;
      }
      for (int i = 0; i < SCALAR_CALLS; i++) {
        long start = System.nanoTime();
        loop.runScalar();
        scalarNanos = Math.min(scalarNanos, System.nanoTime() - start);
      }
      for (int i = 0; i < SHORT_CALLS && shortestOfBurst(1) > SLOW_ROUND; i += BURST) {}
    }
    for (int bursts = calls >= ENOUGH_CALLS ? 1 : TURN; bursts > 0; bursts--) {
      if (shortestOfBurst(HotLoop.LONGEST) * GAIN < scalarNanos) {
        loop.setHot();
        return true;
      }
    }
    return calls >= TOO_MANY_CALLS;
  }

  private long shortestOfBurst(int rounds) {
    long shortest = Long.MAX_VALUE;
    for (int i = 0; i < BURST; i++) {
      long start = System.nanoTime();
      loop.runVector(rounds);
      shortest = Math.min(shortest, System.nanoTime() - start);
    }
    calls += BURST;
    return shortest;
  }
}
