package io.gradus.backend.cpu.reduce;

import io.gradus.backend.cpu.lanes.HotLoop;

/**
 * Reductions of one block of neighbouring f64 elements.
 *
 * <p>A sum has 64 accumulators however wide the vectors are, so its bits do not depend on them.
 */
final class DoubleBlocks {
  private static final int SAMPLE = 64 * HotLoop.LONGEST;

  /** What warm-ups read and write; made by the first one. */
  private static final class Data {
    static final double[] A = new double[SAMPLE];
    static final double[] SUMS = new double[64];
    static final double[] LAST = new double[SAMPLE];
    static double extreme;
    static int place;

    static {
      LAST[SAMPLE - 1] = 1;
    }

    private Data() {}
  }

  private static final HotLoop SUM =
      HotLoop.of(
          n -> DoubleVectorBlocks.sum(Data.A, 0, 64 * n, Data.SUMS),
          n -> scalarSum(Data.A, 0, 64 * n, Data.SUMS));
  private static final HotLoop MAX =
      HotLoop.of(
          n -> Data.extreme = DoubleVectorBlocks.max(Data.A, 0, 64 * n),
          n -> Data.extreme = scalarMax(Data.A, 0, 64 * n, Double.NEGATIVE_INFINITY));
  private static final HotLoop MIN =
      HotLoop.of(
          n -> Data.extreme = DoubleVectorBlocks.min(Data.A, 0, 64 * n),
          n -> Data.extreme = scalarMin(Data.A, 0, 64 * n, Double.POSITIVE_INFINITY));

  private static final HotLoop FIND =
      HotLoop.of(
          n -> Data.place = DoubleVectorBlocks.skip(Data.LAST, 0, 64 * n, 1),
          n -> Data.place = scalarFind(Data.LAST, 64 * (HotLoop.LONGEST - n), 0, 64 * n, 1));

  private DoubleBlocks() {}

  static double sum(double[] a, int o, int n) {
    if (n < 64) {
      double even = 0;
      double odd = 0;
      int p = 0;
      for (; p + 1 < n; p += 2) {
        even += a[o + p];
        odd += a[o + p + 1];
      }
      return p < n ? even + a[o + p] + odd : even + odd;
    }
    double[] sums = new double[64];
    int whole = n & -64;
    if (SUM.isHot()) {
      DoubleVectorBlocks.sum(a, o, whole, sums);
    } else {
      scalarSum(a, o, whole, sums);
    }
    for (int p = whole; p < n; p++) {
      sums[p - whole] += a[o + p];
    }
    for (int half = 32; half >= 8; half >>= 1) {
      for (int j = 0; j < half; j++) {
        sums[j] += sums[j + half];
      }
    }
    return ((sums[0] + sums[4]) + (sums[1] + sums[5]))
        + ((sums[2] + sums[6]) + (sums[3] + sums[7]));
  }

  private static void scalarSum(double[] a, int o, int n, double[] sums) {
    for (int p = 0; p < n; p += 64) {
      for (int j = 0; j < 64; j++) {
        sums[j] += a[o + p + j];
      }
    }
  }

  static double product(double[] a, int o, int n) {
    double even = 1;
    double odd = 1;
    int p = 0;
    for (; p + 1 < n; p += 2) {
      even *= a[o + p];
      odd *= a[o + p + 1];
    }
    return p < n ? even * a[o + p] * odd : even * odd;
  }

  static double max(double[] a, int o, int n) {
    int whole = n >= 64 && MAX.isHot() ? n & -64 : 0;
    double m = whole > 0 ? DoubleVectorBlocks.max(a, o, whole) : Double.NEGATIVE_INFINITY;
    return scalarMax(a, o + whole, n - whole, m);
  }

  private static double scalarMax(double[] a, int o, int n, double start) {
    double m = start;
    for (int p = o; p < o + n; p++) {
      m = Math.max(m, a[p]);
    }
    return m;
  }

  static double min(double[] a, int o, int n) {
    int whole = n >= 64 && MIN.isHot() ? n & -64 : 0;
    double m = whole > 0 ? DoubleVectorBlocks.min(a, o, whole) : Double.POSITIVE_INFINITY;
    return scalarMin(a, o + whole, n - whole, m);
  }

  private static double scalarMin(double[] a, int o, int n, double start) {
    double m = start;
    for (int p = o; p < o + n; p++) {
      m = Math.min(m, a[p]);
    }
    return m;
  }

  static boolean anyNonZero(double[] a, int o, int n) {
    for (int p = o; p < o + n; p++) {
      if (a[p] != 0) {
        return true;
      }
    }
    return false;
  }

  static boolean anyZero(double[] a, int o, int n) {
    for (int p = o; p < o + n; p++) {
      if (a[p] == 0) {
        return true;
      }
    }
    return false;
  }

  /** Where the value is first found; NaN is found too. */
  static int find(double[] a, int o, int n, double value) {
    int from =
        n >= 64 && value == value && FIND.isHot()
            ? DoubleVectorBlocks.skip(a, o, n & -64, value)
            : 0;
    return scalarFind(a, o, from, n, value);
  }

  private static int scalarFind(double[] a, int o, int from, int n, double value) {
    for (int p = from; p < n; p++) {
      double x = a[o + p];
      if (x == value || (Double.isNaN(x) && Double.isNaN(value))) {
        return p;
      }
    }
    throw new IllegalStateException("an extreme value is among the elements");
  }
}
