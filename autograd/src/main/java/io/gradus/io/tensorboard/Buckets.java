package io.gradus.io.tensorboard;

import java.util.Arrays;

/**
 * Counts of numbers between limits that grow by a tenth, the ones TensorFlow's histograms have.
 *
 * <p>Numbers that are not finite are left out. Source: {@code tsl/lib/histogram/histogram.cc}.
 */
final class Buckets {
  private static final double SMALLEST = 1e-12;
  private static final double LARGEST = 1e20;
  private static final double GROWTH = 1.1;
  private static final double[] LIMITS = limits();

  private final long[] counts = new long[LIMITS.length];
  private double min = Double.POSITIVE_INFINITY;
  private double max = Double.NEGATIVE_INFINITY;
  private double sum;
  private double squares;
  private long count;

  Buckets(double[] values) {
    for (double v : values) {
      if (Double.isFinite(v)) {
        add(v);
      }
    }
  }

  private static double[] limits() {
    int n = 0;
    double[] positive = new double[1024];
    for (double limit = SMALLEST; limit < LARGEST; limit *= GROWTH) {
      positive[n++] = limit;
    }
    positive[n++] = Double.MAX_VALUE;
    double[] all = new double[2 * n + 1];
    for (int i = 0; i < n; i++) {
      all[n - 1 - i] = -positive[i];
      all[n + 1 + i] = positive[i];
    }
    return all;
  }

  private void add(double value) {
    // A bucket holds what is below its limit and not below the one before.
    int at = Arrays.binarySearch(LIMITS, value);
    counts[Math.min(at >= 0 ? at + 1 : -at - 1, LIMITS.length - 1)]++;
    min = Math.min(min, value);
    max = Math.max(max, value);
    sum += value;
    squares += value * value;
    count++;
  }

  /** The message {@code HistogramProto}; empty buckets at the ends are left out. */
  Message message() {
    int from = 0;
    int to = counts.length;
    while (from < to - 1 && counts[from] == 0) {
      from++;
    }
    while (to > from + 1 && counts[to - 1] == 0) {
      to--;
    }
    // The limit below the first bucket says where that one begins.
    int first = Math.max(from - 1, 0);
    double[] numbers = new double[to - first];
    Arrays.setAll(numbers, i -> counts[first + i]);
    return new Message()
        .real(1, count == 0 ? 0 : min)
        .real(2, count == 0 ? 0 : max)
        .real(3, count)
        .real(4, sum)
        .real(5, squares)
        .reals(6, Arrays.copyOfRange(LIMITS, first, to))
        .reals(7, numbers);
  }
}
