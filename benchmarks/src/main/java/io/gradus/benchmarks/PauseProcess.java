package io.gradus.benchmarks;

import java.io.IOException;
import java.util.List;

/**
 * A process that measures how many times slower rows of one library become when their caller pauses
 * for {@value #TURN_MILLIS} ms after each {@value #TURN_MILLIS} ms of calls, which alone count: as
 * if another process had the cores in turns, but without one. It shows what the caches forget
 * meanwhile, which other guests of a machine may share; what competes for the cores in such turns
 * costs a row that besides its share of them. Calls that last longer are not interrupted.
 */
public final class PauseProcess {
  /**
   * How long Linux leaves a core to one of two threads that compete for it, with 250 ticks a
   * second.
   */
  public static final int TURN_MILLIS = 4;

  /** Half of the time is pauses. */
  private static final int TIMES = 2;

  private PauseProcess() {}

  /** See {@link RowProcess#arguments}; answers through {@link Report}. */
  public static void main(String[] args) throws ReflectiveOperationException, IOException {
    Slowdowns.report(List.of(args), PauseProcess::inTurns, TIMES);
    // Pools of native threads may keep a process alive.
    System.exit(0);
  }

  /** The mean nanoseconds of a call, pauses not counted. */
  static double inTurns(LibraryRows.Work work, long nanos) {
    long turn = TURN_MILLIS * 1_000_000L;
    long end = System.nanoTime() + nanos;
    long spent = 0;
    long calls = 0;
    while (System.nanoTime() < end) {
      long start = System.nanoTime();
      calls += Slowdowns.call(work, turn);
      spent += System.nanoTime() - start;
      pause(turn);
    }
    return (double) spent / calls;
  }

  private static void pause(long nanos) {
    long start = System.nanoTime();
    while (System.nanoTime() - start < nanos) {
      Thread.onSpinWait();
    }
  }
}
