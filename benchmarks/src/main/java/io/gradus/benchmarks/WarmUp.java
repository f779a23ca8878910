package io.gradus.benchmarks;

import java.util.Arrays;

/**
 * A process that trains the perceptron and reports when its steps came to run at 90 % of their
 * final speed: the end of the first window of steps whose median is that fast, counted from the
 * start of the process. The final speed is the median over the last quarter of the time.
 */
public final class WarmUp {
  private static final int WINDOW = 21;
  private static final int MOST_STEPS = 1 << 20;
  private static final double SHARE = 0.9;

  private WarmUp() {}

  /**
   * The arguments: a library, for how many milliseconds to train, and when the process was started,
   * in milliseconds since 1970. What systems themselves say of that may be a second off.
   */
  public static void main(String[] args) throws ReflectiveOperationException {
    Library library = Library.valueOf(args[0]);
    LibraryRows.Preparation preparation = library.load().of(Row.MLP_SGD);
    if (preparation == null) {
      Report.absent(Row.WARM_UP);
      System.exit(0);
      return;
    }
    LibraryRows.Work work = preparation.prepare();
    long limit = Long.parseLong(args[1]) * 1_000_000;
    long[] ends = new long[MOST_STEPS];
    long start = System.nanoTime();
    long before = (System.currentTimeMillis() - Long.parseLong(args[2])) * 1_000_000;
    int n = 0;
    do {
      work.run();
      ends[n] = System.nanoTime() - start;
    } while (ends[n++] < limit && n < MOST_STEPS);
    long warm = before + ends[firstFast(Arrays.copyOf(ends, n))];
    Report.measured(Row.WARM_UP, warm / 1e3, Double.NaN, Double.NaN);
    System.exit(0);
  }

  /** The step that ends the first window as fast as the final ones; the last if none is. */
  static int firstFast(long[] ends) {
    int n = ends.length;
    long[] lengths = new long[n];
    for (int i = 0; i < n; i++) {
      lengths[i] = ends[i] - (i == 0 ? 0 : ends[i - 1]);
    }
    long lastQuarter = ends[n - 1] / 4 * 3;
    int from = 0;
    while (from < n - 1 && ends[from] < lastQuarter) {
      from++;
    }
    double goal = median(lengths, from, n) / SHARE;
    for (int i = WINDOW; i <= n; i++) {
      if (median(lengths, i - WINDOW, i) <= goal) {
        return i - 1;
      }
    }
    return n - 1;
  }

  private static double median(long[] values, int from, int to) {
    long[] sorted = Arrays.copyOfRange(values, from, to);
    Arrays.sort(sorted);
    return sorted[sorted.length / 2];
  }
}
