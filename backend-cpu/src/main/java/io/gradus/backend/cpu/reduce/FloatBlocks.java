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

  /** The sum of 64 accumulators. */
  static double total(float[] sums) {
    if (VECTOR) {
      FloatVectorBlocks.fold(sums);
      return total16(sums);
    }
    for (int half = 32; half >= 16; half >>= 1) {
      for (int j = 0; j < half; j++) {
        sums[j] += sums[j + half];
      }
    }
    return total16(sums);
  }

  /** The sum of the first 16 of them, to which the others were added. */
  static double total16(float[] s) {
    double a = (double) (s[0] + s[8]) + (s[4] + s[12]);
    double b = (double) (s[1] + s[9]) + (s[5] + s[13]);
    double c = (double) (s[2] + s[10]) + (s[6] + s[14]);
    double d = (double) (s[3] + s[11]) + (s[7] + s[15]);
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
