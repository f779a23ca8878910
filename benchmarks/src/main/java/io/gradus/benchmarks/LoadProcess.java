package io.gradus.benchmarks;

import java.io.IOException;
import java.util.List;

/**
 * A process that measures how many times slower rows of one library become while a process spins on
 * each core: the mean time of a call with them, divided by that without, in turns.
 */
public final class LoadProcess {
  /** Time slices of processes that compete last milliseconds: the mean takes many. */
  private static final int TIMES = 3;

  private LoadProcess() {}

  /** See {@link RowProcess#arguments}; answers through {@link Report}. */
  public static void main(String[] args) throws ReflectiveOperationException, IOException {
    try (Spinners spinners = new Spinners()) {
      Slowdowns.report(List.of(args), (work, nanos) -> loaded(work, nanos, spinners), TIMES);
    }
    // Pools of native threads may keep a process alive.
    System.exit(0);
  }

  private static double loaded(LibraryRows.Work work, long nanos, Spinners spinners)
      throws IOException {
    spinners.spin();
    try {
      return Slowdowns.mean(work, nanos);
    } finally {
      spinners.rest(); // also before the next row if this one fails
    }
  }
}
