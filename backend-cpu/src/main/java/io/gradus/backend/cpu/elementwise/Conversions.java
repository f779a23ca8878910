package io.gradus.backend.cpu.elementwise;

import io.gradus.tensor.dtype.BFloat16;
import io.gradus.tensor.dtype.ComputeType;
import io.gradus.tensor.dtype.DType;

/**
 * Moves elements between arrays of a dtype and arrays of its compute type.
 *
 * <p>Plain loops, one for each pair of types, which the JIT vectorises where the conversion allows.
 */
public final class Conversions {
  private Conversions() {}

  /**
   * Widens {@code n} elements of {@code src}, from {@code off} on in steps of {@code stride}, into
   * consecutive elements of the compute array {@code dst}.
   */
  public static void load(DType dtype, Object src, int off, int stride, Object dst, int at, int n) {
    if (stride == 1 && !dtype.isNarrow()) {
      System.arraycopy(src, off, dst, at, n);
      return;
    }
    switch (dtype) {
      case F32 -> {
        float[] s = (float[]) src;
        float[] d = (float[]) dst;
        for (int i = 0; i < n; i++) {
          d[at + i] = s[off + i * stride];
        }
      }
      case F64 -> {
        double[] s = (double[]) src;
        double[] d = (double[]) dst;
        for (int i = 0; i < n; i++) {
          d[at + i] = s[off + i * stride];
        }
      }
      case I32 -> {
        int[] s = (int[]) src;
        int[] d = (int[]) dst;
        for (int i = 0; i < n; i++) {
          d[at + i] = s[off + i * stride];
        }
      }
      case I64 -> {
        long[] s = (long[]) src;
        long[] d = (long[]) dst;
        for (int i = 0; i < n; i++) {
          d[at + i] = s[off + i * stride];
        }
      }
      case F16 -> {
        short[] s = (short[]) src;
        float[] d = (float[]) dst;
        for (int i = 0; i < n; i++) {
          d[at + i] = Float.float16ToFloat(s[off + i * stride]);
        }
      }
      case BF16 -> {
        short[] s = (short[]) src;
        float[] d = (float[]) dst;
        for (int i = 0; i < n; i++) {
          d[at + i] = BFloat16.toFloat(s[off + i * stride]);
        }
      }
      case I16 -> {
        short[] s = (short[]) src;
        int[] d = (int[]) dst;
        for (int i = 0; i < n; i++) {
          d[at + i] = s[off + i * stride];
        }
      }
      case I8 -> {
        byte[] s = (byte[]) src;
        int[] d = (int[]) dst;
        for (int i = 0; i < n; i++) {
          d[at + i] = s[off + i * stride];
        }
      }
      case U8 -> {
        byte[] s = (byte[]) src;
        int[] d = (int[]) dst;
        for (int i = 0; i < n; i++) {
          d[at + i] = s[off + i * stride] & 0xff;
        }
      }
      case BOOL -> {
        byte[] s = (byte[]) src;
        int[] d = (int[]) dst;
        for (int i = 0; i < n; i++) {
          d[at + i] = s[off + i * stride] != 0 ? 1 : 0;
        }
      }
    }
  }

  /**
   * Rounds or wraps {@code n} consecutive elements of the compute array {@code src} into {@code
   * dst}, from {@code off} on in steps of {@code stride}.
   */
  public static void store(
      DType dtype, Object src, int at, Object dst, int off, int stride, int n) {
    if (stride == 1 && !dtype.isNarrow()) {
      System.arraycopy(src, at, dst, off, n);
      return;
    }
    switch (dtype) {
      case F32 -> {
        float[] s = (float[]) src;
        float[] d = (float[]) dst;
        for (int i = 0; i < n; i++) {
          d[off + i * stride] = s[at + i];
        }
      }
      case F64 -> {
        double[] s = (double[]) src;
        double[] d = (double[]) dst;
        for (int i = 0; i < n; i++) {
          d[off + i * stride] = s[at + i];
        }
      }
      case I32 -> {
        int[] s = (int[]) src;
        int[] d = (int[]) dst;
        for (int i = 0; i < n; i++) {
          d[off + i * stride] = s[at + i];
        }
      }
      case I64 -> {
        long[] s = (long[]) src;
        long[] d = (long[]) dst;
        for (int i = 0; i < n; i++) {
          d[off + i * stride] = s[at + i];
        }
      }
      case F16 -> {
        float[] s = (float[]) src;
        short[] d = (short[]) dst;
        for (int i = 0; i < n; i++) {
          d[off + i * stride] = Float.floatToFloat16(s[at + i]);
        }
      }
      case BF16 -> {
        float[] s = (float[]) src;
        short[] d = (short[]) dst;
        for (int i = 0; i < n; i++) {
          d[off + i * stride] = BFloat16.fromFloat(s[at + i]);
        }
      }
      case I16 -> {
        int[] s = (int[]) src;
        short[] d = (short[]) dst;
        for (int i = 0; i < n; i++) {
          d[off + i * stride] = (short) s[at + i];
        }
      }
      case I8, U8 -> {
        int[] s = (int[]) src;
        byte[] d = (byte[]) dst;
        for (int i = 0; i < n; i++) {
          d[off + i * stride] = (byte) s[at + i];
        }
      }
      case BOOL -> {
        int[] s = (int[]) src;
        byte[] d = (byte[]) dst;
        for (int i = 0; i < n; i++) {
          d[off + i * stride] = (byte) (s[at + i] != 0 ? 1 : 0);
        }
      }
    }
  }

  /**
   * Sets {@code n} elements of a compute array to one number.
   *
   * @param bits as in {@code Params}: the bits of a double for floating types, else the number
   */
  public static void fill(ComputeType type, Object dst, int at, int n, long bits) {
    switch (type) {
      case F32 ->
          java.util.Arrays.fill((float[]) dst, at, at + n, (float) Double.longBitsToDouble(bits));
      case F64 -> java.util.Arrays.fill((double[]) dst, at, at + n, Double.longBitsToDouble(bits));
      case I32 -> java.util.Arrays.fill((int[]) dst, at, at + n, (int) bits);
      case I64 -> java.util.Arrays.fill((long[]) dst, at, at + n, bits);
    }
  }

  /** Repeats element {@code from} of a compute array. */
  static void splat(ComputeType type, Object array, int from, int at, int n) {
    switch (type) {
      case F32 -> {
        float[] a = (float[]) array;
        java.util.Arrays.fill(a, at, at + n, a[from]);
      }
      case F64 -> {
        double[] a = (double[]) array;
        java.util.Arrays.fill(a, at, at + n, a[from]);
      }
      case I32 -> {
        int[] a = (int[]) array;
        java.util.Arrays.fill(a, at, at + n, a[from]);
      }
      case I64 -> {
        long[] a = (long[]) array;
        java.util.Arrays.fill(a, at, at + n, a[from]);
      }
    }
  }
}
