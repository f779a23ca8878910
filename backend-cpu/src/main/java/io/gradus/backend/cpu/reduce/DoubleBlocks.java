package io.gradus.backend.cpu.reduce;

import io.gradus.backend.cpu.lanes.Lanes;

/**
 * Reductions of one block of neighbouring f64 elements.
 *
 * <p>A sum has 64 accumulators however wide the vectors are, so its bits do not depend on them.
 */
final class DoubleBlocks {
  private static final boolean VECTOR = Lanes.isVector();

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
    if (VECTOR) {
      DoubleVectorBlocks.sum(a, o, whole, sums);
    } else {
      for (int p = 0; p < whole; p += 64) {
        for (int j = 0; j < 64; j++) {
          sums[j] += a[o + p + j];
        }
      }
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
    int whole = VECTOR ? n & -64 : 0;
    double m = whole > 0 ? DoubleVectorBlocks.max(a, o, whole) : Double.NEGATIVE_INFINITY;
    for (int p = whole; p < n; p++) {
      m = Math.max(m, a[o + p]);
    }
    return m;
  }

  static double min(double[] a, int o, int n) {
    int whole = VECTOR ? n & -64 : 0;
    double m = whole > 0 ? DoubleVectorBlocks.min(a, o, whole) : Double.POSITIVE_INFINITY;
    for (int p = whole; p < n; p++) {
      m = Math.min(m, a[o + p]);
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
    for (int p = 0; p < n; p++) {
      double x = a[o + p];
      if (x == value || (Double.isNaN(x) && Double.isNaN(value))) {
        return p;
      }
    }
    throw new IllegalStateException("an extreme value is among the elements");
  }
}
