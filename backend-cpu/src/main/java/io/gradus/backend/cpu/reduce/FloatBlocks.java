package io.gradus.backend.cpu.reduce;

import io.gradus.backend.cpu.lanes.Lanes;

/**
 * Reductions of one block of neighbouring f32 elements.
 *
 * <p>A sum has 64 accumulators however wide the vectors are, so its bits do not depend on them.
 */
final class FloatBlocks {
  private static final boolean VECTOR = Lanes.isVector();

  private FloatBlocks() {}

  static double sum(float[] a, int o, int n) {
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
    int whole = n & -64;
    if (VECTOR && whole == n) {
      return FloatVectorBlocks.sum(a, o, n);
    }
    float[] sums = new float[64];
    if (VECTOR) {
      FloatVectorBlocks.sum(a, o, whole, sums);
    } else {
      scalarSum(a, o, whole, sums);
    }
    for (int p = whole; p < n; p++) {
      sums[p - whole] += a[o + p];
    }
    return total(sums);
  }

  /**
   * Sums of many runs of neighbours, one behind the other, each with the bits of {@link #sum}.
   *
   * @param length of a run, a multiple of 64
   * @param lanes is overwritten; holds 16 a run
   * @param to gets the sums, as the bits of a double, from {@code at} on
   */
  static void sums(float[] a, int o, int length, int count, float[] lanes, long[] to, int at) {
    boolean atOnce = VECTOR && FloatVectorRuns.IS_THERE;
    if (atOnce) {
      FloatVectorRuns.sums(a, o, length, count, lanes);
    }
    for (int r = 0; r < count; r++) {
      double sum = atOnce ? total16(lanes, 16 * r) : sum(a, o + r * length, length);
      to[at + r] = Double.doubleToRawLongBits(sum);
    }
  }

  /** The sum of the rounded products of neighbours, with the bits of {@link #sum} over them. */
  static double sumOfProducts(float[] a, int ao, float[] b, int bo, int n) {
    if (n < 64) {
      double even = 0;
      double odd = 0;
      int p = 0;
      for (; p + 1 < n; p += 2) {
        even += a[ao + p] * b[bo + p];
        odd += a[ao + p + 1] * b[bo + p + 1];
      }
      return p < n ? even + a[ao + p] * b[bo + p] + odd : even + odd;
    }
    int whole = n & -64;
    float[] sums = new float[64];
    if (VECTOR) {
      FloatVectorBlocks.sumOfProducts(a, ao, b, bo, whole, sums);
    } else {
      for (int p = 0; p < whole; p += 64) {
        for (int j = 0; j < 64; j++) {
          sums[j] += a[ao + p + j] * b[bo + p + j];
        }
      }
    }
    for (int p = whole; p < n; p++) {
      sums[p - whole] += a[ao + p] * b[bo + p];
    }
    return total(sums);
  }

  /** The sum of {@code (a - center)^2}, with the bits of {@link #sumOfProducts}. */
  static double sumOfSquares(float[] a, int o, float center, int n) {
    if (n < 64) {
      double even = 0;
      double odd = 0;
      for (int p = 0; p < n; p++) {
        float d = a[o + p] - center;
        if ((p & 1) == 0) {
          even += d * d;
        } else {
          odd += d * d;
        }
      }
      return even + odd;
    }
    float[] sums = new float[64];
    int whole = VECTOR ? n & -64 : 0;
    if (VECTOR) {
      FloatVectorBlocks.sumOfSquares(a, o, center, whole, sums);
    }
    for (int p = whole; p < n; p++) {
      float d = a[o + p] - center;
      sums[p & 63] += d * d;
    }
    return total(sums);
  }

  /**
   * The sum, at least as accurate as {@link #sum}; besides the mean, and the sum of the squares of
   * the distances from it.
   *
   * @param to gets the mean and the squares, from {@code at} on
   */
  static double spread(float[] a, int o, int n, double[] to, int at) {
    int few = Math.min(n, 16);
    double first = 0;
    for (int p = 0; p < few; p++) {
      first += a[o + p];
    }
    float center = (float) (first / few);
    spread(a, o, n, center, to, at);
    double d = to[at] - center;
    if (n * d * d > to[at + 1]) {
      // The first few are unlike the others, and distances from them too large to square.
      spread(a, o, n, (float) to[at], to, at);
    }
    double sum = to[at] * n;
    return n < 64 || !Double.isFinite(sum) ? sum(a, o, n) : sum;
  }

  private static void spread(float[] a, int o, int n, float center, double[] to, int at) {
    float[] sums = new float[2 * 64];
    int whole = VECTOR ? n & -64 : 0;
    if (whole > 0) {
      FloatVectorBlocks.spread(a, o, center, whole, sums);
    }
    for (int p = whole; p < n; p++) {
      int j = p & 63;
      float d = center - a[o + p];
      sums[j] += d;
      sums[64 + j] = Math.fma(d, d, sums[64 + j]);
    }
    double rest = total(sums, 0);
    to[at] = center - rest / n;
    to[at + 1] = total(sums, 64) - rest * rest / n;
  }

  /** Adds rows that are {@code step} apart to n sums, from the first row to the last. */
  static void addRows(float[] a, int o, int step, int rows, float[] sums, int n) {
    int whole = VECTOR ? n & -16 : 0;
    if (whole > 0) {
      FloatVectorBlocks.addRows(a, o, step, rows, sums, whole);
    }
    for (int r = 0; r < rows; r++) {
      for (int j = whole; j < n; j++) {
        sums[j] += a[o + r * step + j];
      }
    }
  }

  /** The sum of 64 accumulators. */
  static double total(float[] sums) {
    return total(sums, 0);
  }

  private static double total(float[] sums, int from) {
    if (VECTOR) {
      FloatVectorBlocks.fold(sums, from);
      return total16(sums, from);
    }
    for (int half = 32; half >= 16; half >>= 1) {
      for (int j = from; j < from + half; j++) {
        sums[j] += sums[j + half];
      }
    }
    return total16(sums, from);
  }

  /** The sum of the first 16 of them, to which the others were added. */
  static double total16(float[] s, int o) {
    double a = (double) (s[o] + s[o + 8]) + (s[o + 4] + s[o + 12]);
    double b = (double) (s[o + 1] + s[o + 9]) + (s[o + 5] + s[o + 13]);
    double c = (double) (s[o + 2] + s[o + 10]) + (s[o + 6] + s[o + 14]);
    double d = (double) (s[o + 3] + s[o + 11]) + (s[o + 7] + s[o + 15]);
    return (a + b) + (c + d);
  }

  private static void scalarSum(float[] a, int o, int n, float[] sums) {
    for (int p = 0; p < n; p += 64) {
      for (int j = 0; j < 64; j++) {
        sums[j] += a[o + p + j];
      }
    }
  }

  static double product(float[] a, int o, int n) {
    double even = 1;
    double odd = 1;
    int p = 0;
    for (; p + 1 < n; p += 2) {
      even *= a[o + p];
      odd *= a[o + p + 1];
    }
    return p < n ? even * a[o + p] * odd : even * odd;
  }

  static float max(float[] a, int o, int n) {
    int whole = n >= 64 && VECTOR ? n & -64 : 0;
    float m = whole > 0 ? FloatVectorBlocks.max(a, o, whole) : Float.NEGATIVE_INFINITY;
    return scalarMax(a, o + whole, n - whole, m);
  }

  private static float scalarMax(float[] a, int o, int n, float start) {
    float m = start;
    for (int p = o; p < o + n; p++) {
      m = Math.max(m, a[p]);
    }
    return m;
  }

  static float min(float[] a, int o, int n) {
    int whole = n >= 64 && VECTOR ? n & -64 : 0;
    float m = whole > 0 ? FloatVectorBlocks.min(a, o, whole) : Float.POSITIVE_INFINITY;
    return scalarMin(a, o + whole, n - whole, m);
  }

  private static float scalarMin(float[] a, int o, int n, float start) {
    float m = start;
    for (int p = o; p < o + n; p++) {
      m = Math.min(m, a[p]);
    }
    return m;
  }

  static boolean anyNonZero(float[] a, int o, int n) {
    for (int p = o; p < o + n; p++) {
      if (a[p] != 0) {
        return true;
      }
    }
    return false;
  }

  static boolean anyZero(float[] a, int o, int n) {
    for (int p = o; p < o + n; p++) {
      if (a[p] == 0) {
        return true;
      }
    }
    return false;
  }

  /** Where the value is first found; NaN is found too. */
  static int find(float[] a, int o, int n, float value) {
    int from =
        n >= 64 && !Float.isNaN(value) && VECTOR ? FloatVectorBlocks.skip(a, o, n & -64, value) : 0;
    return scalarFind(a, o, from, n, value);
  }

  private static int scalarFind(float[] a, int o, int from, int n, float value) {
    for (int p = from; p < n; p++) {
      float x = a[o + p];
      if (x == value || (Float.isNaN(x) && Float.isNaN(value))) {
        return p;
      }
    }
    throw new IllegalStateException("an extreme value is among the elements");
  }
}
