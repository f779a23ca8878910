package io.gradus.backend.cpu.sort;

import io.gradus.backend.cpu.runs.Runs;
import io.gradus.tensor.dtype.ComputeType;
import io.gradus.tensor.dtype.DType;

/**
 * The elements of a line as longs in the order of the elements: a 32-bit key above its position.
 *
 * @param array storage of the line
 * @param type 32-bit
 */
record PackedKeys(
    Object array, DType dtype, int at, int stride, ComputeType type, boolean descending) {
  /** The key of what is replaced by a canonical value, so that the element itself is needed. */
  private static final int NAN = 0x7fc00000;

  /** Fills {@code keys[from .. from + n)}, n at most {@link SortScratch#TILE}. */
  void pack(int from, int n, SortScratch scratch, long[] keys) {
    int flip = descending ? -1 : 0;
    if (type == ComputeType.F32) {
      Runs.load(array, dtype, at + from * stride, stride, n, scratch.floats, 0);
      pack(scratch.floats, n, flip, from, keys);
    } else {
      Runs.load(array, dtype, at + from * stride, stride, n, scratch.ints, 0);
      pack(scratch.ints, n, flip, from, keys);
    }
  }

  private static void pack(float[] a, int n, int flip, int from, long[] keys) {
    for (int i = 0; i < n; i++) {
      keys[from + i] = (long) (Keys.of(a[i]) ^ flip) << 32 | (from + i);
    }
  }

  private static void pack(int[] a, int n, int flip, int from, long[] keys) {
    for (int i = 0; i < n; i++) {
      keys[from + i] = (long) (a[i] ^ flip) << 32 | (from + i);
    }
  }

  /** The elements of {@code keys[from .. from + n)}, at the start of the array that is returned. */
  Object unpack(long[] keys, int from, int n, SortScratch scratch) {
    int flip = descending ? -1 : 0;
    if (type == ComputeType.I32) {
      int[] to = scratch.ints;
      for (int i = 0; i < n; i++) {
        to[i] = (int) (keys[from + i] >> 32) ^ flip;
      }
      return to;
    }
    float[] to = scratch.floats;
    if (!unpack(keys, from, n, flip, to)) {
      return to;
    }
    // Keys know neither the sign of a zero nor the bits of a NaN.
    for (int i = 0; i < n; i++) {
      if (to[i] == 0 || Float.isNaN(to[i])) {
        Runs.load(array, dtype, at + (int) keys[from + i] * stride, 1, 1, to, i);
      }
    }
    return to;
  }

  /** Whether some of them are zeros or NaN. */
  private static boolean unpack(long[] keys, int from, int n, int flip, float[] to) {
    int special = 0;
    for (int i = 0; i < n; i++) {
      int key = (int) (keys[from + i] >> 32) ^ flip;
      int bits = key ^ (key >> 31) & 0x7fffffff;
      special |= bits == 0 | bits == NAN ? 1 : 0;
      to[i] = Float.intBitsToFloat(bits);
    }
    return special != 0;
  }
}
