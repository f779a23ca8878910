package io.gradus.benchmarks;

import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What processes have in common that measure how many times slower rows of one library become under
 * some condition. The rows follow each other in one process, warm before they are measured: how
 * fast the compiler is under that condition is not the question.
 */
final class Slowdowns {
  private static final long NANOS = 1_000_000;

  /** Written only, so that no call can be left out. */
  @SuppressWarnings("UnusedVariable")
  private static volatile @Nullable Object result;

  /** Some calls of a row under a condition. */
  @FunctionalInterface
  interface Condition {
    /** Calls a row for some time or a little longer; the mean nanoseconds of a call. */
    double mean(LibraryRows.Work work, long nanos) throws IOException;
  }

  private Slowdowns() {}

  /** See {@link RowProcess#arguments}; answers through {@link Report}. */
  static void report(List<String> arguments, Condition condition, int times)
      throws ReflectiveOperationException, IOException {
    Library library = Library.valueOf(arguments.getFirst());
    Effort effort = Effort.parse(arguments.subList(1, RowProcess.FIRST_ROW));
    LibraryRows rows = library.load();
    for (String name : arguments.subList(RowProcess.FIRST_ROW, arguments.size())) {
      Row row = Row.valueOf(name);
      LibraryRows.Preparation preparation = rows.of(row);
      if (preparation == null) {
        Report.absent(row);
        continue;
      }
      Report.begins(row);
      try {
        double slowdown = of(preparation.prepare(), effort, condition, times);
        Report.measured(row, slowdown, Double.NaN, Double.NaN);
      } catch (RuntimeException | Error e) {
        Report.notRun(row, e);
      }
    }
  }

  /** Under a condition for {@code times} as long as without it, in turns. */
  static double of(LibraryRows.Work work, Effort effort, Condition condition, int times)
      throws IOException {
    mean(work, NANOS * effort.warmUps() * effort.warmUpMillis());
    double without = 0;
    double with = 0;
    for (int i = 0; i < effort.iterations(); i++) {
      without += mean(work, NANOS * effort.millis());
      with += condition.mean(work, NANOS * times * effort.millis());
    }
    return with / without;
  }

  /** Calls a row for some time or a little longer; the mean nanoseconds of a call. */
  static double mean(LibraryRows.Work work, long nanos) {
    long start = System.nanoTime();
    long calls = call(work, nanos);
    return (double) (System.nanoTime() - start) / calls;
  }

  /** Calls a row for some time or a little longer; how often. */
  static long call(LibraryRows.Work work, long nanos) {
    long start = System.nanoTime();
    long calls = 0;
    do {
      result = work.run();
      calls++;
    } while (System.nanoTime() - start < nanos);
    return calls;
  }
}
