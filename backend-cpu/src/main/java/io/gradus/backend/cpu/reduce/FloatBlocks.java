package io.gradus.backend.cpu.reduce;

import io.gradus.backend.cpu.lanes.HotLoop;

/**
 * Reductions of one block of neighbouring f32 elements.
 *
 * <p>A sum has 64 accumulators however wide the vectors are, so its bits do not depend on them.
 */
final class FloatBlocks {
  private static final int SAMPLE = 64 * HotLoop.LONGEST;

  /** What warm-ups read and write; made by the first one. */
  private static final class Data {
    static final float[] A = new float[SAMPLE];
    static final float[] SUMS = new float[64];
    static final float[] LAST = new float[SAMPLE];
    static float extreme;
    static int place;

    static {
      LAST[SAMPLE - 1] = 1;
    }

    private Data() {}
  }

  private static final HotLoop SUM =
      HotLoop.of(
          n -> FloatVectorBlocks.sum(Data.A, 0, 64 * n, Data.SUMS),
          n -> scalarSum(Data.A, 0, 64 * n, Data.SUMS));
  private static final HotLoop MAX =
      HotLoop.of(
          n -> Data.extreme = FloatVectorBlocks.max(Data.A, 0, 64 * n),
          n -> Data.extreme = scalarMax(Data.A, 0, 64 * n, Float.NEGATIVE_INFINITY));
  private static final HotLoop MIN =
      HotLoop.of(
          n -> Data.extreme = FloatVectorBlocks.min(Data.A, 0, 64 * n),
          n -> Data.extreme = scalarMin(Data.A, 0, 64 * n, Float.POSITIVE_INFINITY));

  private static final HotLoop FIND =
      HotLoop.of(
          n -> Data.place = FloatVectorBlocks.skip(Data.LAST, 0, 64 * n, 1),
          n -> Data.place = scalarFind(Data.LAST, 64 * (HotLoop.LONGEST - n), 0, 64 * n, 1));

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
    float[] sums = new float[64];
    int whole = n & -64;
    if (SUM.isHot()) {
      FloatVectorBlocks.sum(a, o, whole, sums);
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
    return (((double) sums[0] + sums[4]) + ((double) sums[1] + sums[5]))
        + (((double) sums[2] + sums[6]) + ((double) sums[3] + sums[7]));
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
    int whole = n >= 64 && MAX.isHot() ? n & -64 : 0;
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
    int whole = n >= 64 && MIN.isHot() ? n & -64 : 0;
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
        n >= 64 && !Float.isNaN(value) && FIND.isHot()
            ? FloatVectorBlocks.skip(a, o, n & -64, value)
            : 0;
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
