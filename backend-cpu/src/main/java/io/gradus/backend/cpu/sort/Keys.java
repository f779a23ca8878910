package io.gradus.backend.cpu.sort;

import io.gradus.tensor.dtype.ComputeType;

/**
 * Whole numbers in the order of the elements: NaN above everything and equal to NaN, -0 equal to
 * +0; inverted for a descending sort, so that equal elements keep their order there too.
 */
final class Keys {
  private Keys() {}

  /** Keys of 32-bit elements fit into an int. */
  static void of(ComputeType type, Object values, int n, boolean descending, long[] keys) {
    long flip = descending ? -1 : 0;
    switch (type) {
      case F32 -> {
        float[] a = (float[]) values;
        for (int i = 0; i < n; i++) {
          keys[i] = of(a[i]) ^ flip;
        }
      }
      case F64 -> {
        double[] a = (double[]) values;
        for (int i = 0; i < n; i++) {
          long bits = Double.doubleToLongBits(a[i] + 0.0);
          keys[i] = (bits ^ (bits >> 63) & Long.MAX_VALUE) ^ flip;
        }
      }
      case I32 -> {
        int[] a = (int[]) values;
        for (int i = 0; i < n; i++) {
          keys[i] = a[i] ^ flip;
        }
      }
      case I64 -> {
        long[] a = (long[]) values;
        for (int i = 0; i < n; i++) {
          keys[i] = a[i] ^ flip;
        }
      }
    }
  }

  /** The key of one element for an ascending sort. */
  static int of(float x) {
    int bits = Float.floatToIntBits(x + 0f);
    return bits ^ (bits >> 31) & 0x7fffffff;
  }

  /** The element that a key stands for; a zero for both, and a NaN for all. */
  static float element(int key) {
    return Float.intBitsToFloat(key ^ (key >> 31) & 0x7fffffff);
  }
}
