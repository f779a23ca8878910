package io.gradus.benchmarks;

import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A process that measures how many times slower rows of one library become while a process spins on
 * each core: the mean time of a call with them, divided by that without, in turns. The rows follow
 * each other in one process, warm before they are measured: how fast the compiler is under load is
 * not the question.
 */
public final class LoadProcess {
  /** Time slices of processes that compete last milliseconds: the mean takes many. */
  private static final int LOADED_TIMES = 3;

  private static final long NANOS = 1_000_000;

  /** Written only, so that no call can be left out. */
  @SuppressWarnings("UnusedVariable")
  private static volatile @Nullable Object result;

  private LoadProcess() {}

  /** See {@link RowProcess#arguments}; answers through {@link Report}. */
  public static void main(String[] args) throws ReflectiveOperationException, IOException {
    List<String> arguments = List.of(args);
    Library library = Library.valueOf(args[0]);
    Effort effort = Effort.parse(arguments.subList(1, RowProcess.FIRST_ROW));
    LibraryRows rows = library.load();
    try (Spinners spinners = new Spinners()) {
      for (String name : arguments.subList(RowProcess.FIRST_ROW, args.length)) {
        Row row = Row.valueOf(name);
        LibraryRows.Preparation preparation = rows.of(row);
        if (preparation == null) {
          Report.absent(row);
        } else {
          Report.begins(row);
          measure(row, preparation, effort, spinners);
        }
      }
    }
    // Pools of native threads may keep a process alive.
    System.exit(0);
  }

  private static void measure(
      Row row, LibraryRows.Preparation preparation, Effort effort, Spinners spinners)
      throws IOException {
    double quiet = 0;
    double loaded = 0;
    try {
      LibraryRows.Work work = preparation.prepare();
      mean(work, NANOS * effort.warmUps() * effort.warmUpMillis());
      for (int i = 0; i < effort.iterations(); i++) {
        quiet += mean(work, NANOS * effort.millis());
        spinners.spin();
        try {
          loaded += mean(work, NANOS * LOADED_TIMES * effort.millis());
        } finally {
          spinners.rest(); // also before the next row if this one fails
        }
      }
    } catch (IOException e) {
      throw e;
    } catch (Throwable t) {
      Report.notRun(row, t);
      return;
    }
    Report.measured(row, loaded / quiet, Double.NaN, Double.NaN);
  }

  /** Nanoseconds a call, of as many as it takes to fill the time. */
  private static double mean(LibraryRows.Work work, long nanos) {
    long start = System.nanoTime();
    long spent = 0;
    long calls = 0;
    while (spent < nanos) {
      result = work.run();
      calls++;
      spent = System.nanoTime() - start;
    }
    return (double) spent / calls;
  }
}
