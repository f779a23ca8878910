package io.gradus.backend.cpu.elementwise;

import io.gradus.tensor.dtype.BFloat16;
import io.gradus.tensor.dtype.ComputeType;
import io.gradus.tensor.dtype.DType;

/** Cast expressions over compute arrays: see {@code Expr.Cast} for what they mean. */
public final class Casts {
  private Casts() {}

  /** Converts {@code n} numbers to {@code to}, held in its compute type. */
  public static void cast(
      ComputeType from, DType to, Object src, int so, Object dst, int at, int n) {
    if (to == DType.BOOL) {
      truth(from, src, so, (int[]) dst, at, n);
      return;
    }
    switch (to.compute()) {
      case F32 -> toF32(from, src, so, (float[]) dst, at, n);
      case F64 -> toF64(from, src, so, (double[]) dst, at, n);
      case I32 -> toI32(from, src, so, (int[]) dst, at, n);
      case I64 -> toI64(from, src, so, (long[]) dst, at, n);
    }
    narrow(to, dst, at, n);
  }

  private static void truth(ComputeType from, Object src, int so, int[] d, int at, int n) {
    switch (from) {
      case F32 -> {
        float[] s = (float[]) src;
        for (int i = 0; i < n; i++) {
          d[at + i] = s[so + i] != 0 ? 1 : 0;
        }
      }
      case F64 -> {
        double[] s = (double[]) src;
        for (int i = 0; i < n; i++) {
          d[at + i] = s[so + i] != 0 ? 1 : 0;
        }
      }
      case I32 -> {
        int[] s = (int[]) src;
        for (int i = 0; i < n; i++) {
          d[at + i] = s[so + i] != 0 ? 1 : 0;
        }
      }
      case I64 -> {
        long[] s = (long[]) src;
        for (int i = 0; i < n; i++) {
          d[at + i] = s[so + i] != 0 ? 1 : 0;
        }
      }
    }
  }

  private static void toF32(ComputeType from, Object src, int so, float[] d, int at, int n) {
    switch (from) {
      case F32 -> copy(src, so, d, at, n);
      case F64 -> {
        double[] s = (double[]) src;
        for (int i = 0; i < n; i++) {
          d[at + i] = (float) s[so + i];
        }
      }
      case I32 -> {
        int[] s = (int[]) src;
        for (int i = 0; i < n; i++) {
          d[at + i] = s[so + i];
        }
      }
      case I64 -> {
        long[] s = (long[]) src;
        for (int i = 0; i < n; i++) {
          d[at + i] = s[so + i];
        }
      }
    }
  }

  private static void toF64(ComputeType from, Object src, int so, double[] d, int at, int n) {
    switch (from) {
      case F32 -> {
        float[] s = (float[]) src;
        for (int i = 0; i < n; i++) {
          d[at + i] = s[so + i];
        }
      }
      case F64 -> copy(src, so, d, at, n);
      case I32 -> {
        int[] s = (int[]) src;
        for (int i = 0; i < n; i++) {
          d[at + i] = s[so + i];
        }
      }
      case I64 -> {
        long[] s = (long[]) src;
        for (int i = 0; i < n; i++) {
          d[at + i] = s[so + i];
        }
      }
    }
  }

  private static void toI32(ComputeType from, Object src, int so, int[] d, int at, int n) {
    switch (from) {
      // Through i64: what does not fit into 32 bits wraps there.
      case F32 -> {
        float[] s = (float[]) src;
        for (int i = 0; i < n; i++) {
          d[at + i] = (int) (long) s[so + i];
        }
      }
      case F64 -> {
        double[] s = (double[]) src;
        for (int i = 0; i < n; i++) {
          d[at + i] = (int) (long) s[so + i];
        }
      }
      case I32 -> copy(src, so, d, at, n);
      case I64 -> {
        long[] s = (long[]) src;
        for (int i = 0; i < n; i++) {
          d[at + i] = (int) s[so + i];
        }
      }
    }
  }

  private static void toI64(ComputeType from, Object src, int so, long[] d, int at, int n) {
    switch (from) {
      case F32 -> {
        float[] s = (float[]) src;
        for (int i = 0; i < n; i++) {
          d[at + i] = (long) s[so + i];
        }
      }
      case F64 -> {
        double[] s = (double[]) src;
        for (int i = 0; i < n; i++) {
          d[at + i] = (long) s[so + i];
        }
      }
      case I32 -> {
        int[] s = (int[]) src;
        for (int i = 0; i < n; i++) {
          d[at + i] = s[so + i];
        }
      }
      case I64 -> copy(src, so, d, at, n);
    }
  }

  private static void copy(Object src, int so, Object dst, int at, int n) {
    if (src != dst || so != at) {
      System.arraycopy(src, so, dst, at, n);
    }
  }

  /** Rounds or wraps numbers of a compute type to a narrower dtype, in place. */
  private static void narrow(DType to, Object dst, int at, int n) {
    switch (to) {
      case F16 -> {
        float[] d = (float[]) dst;
        for (int i = at; i < at + n; i++) {
          d[i] = Float.float16ToFloat(Float.floatToFloat16(d[i]));
        }
      }
      case BF16 -> {
        float[] d = (float[]) dst;
        for (int i = at; i < at + n; i++) {
          d[i] = BFloat16.toFloat(BFloat16.fromFloat(d[i]));
        }
      }
      case U8 -> {
        int[] d = (int[]) dst;
        for (int i = at; i < at + n; i++) {
          d[i] &= 0xff;
        }
      }
      case I8 -> {
        int[] d = (int[]) dst;
        for (int i = at; i < at + n; i++) {
          d[i] = (byte) d[i];
        }
      }
      case I16 -> {
        int[] d = (int[]) dst;
        for (int i = at; i < at + n; i++) {
          d[i] = (short) d[i];
        }
      }
      case F32, F64, I32, I64, BOOL -> {}
    }
  }
}
