package io.gradus.backend.cpu.elementwise;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gradus.tensor.dtype.ComputeType;
import io.gradus.tensor.dtype.DType;
import io.gradus.tensor.kernel.EncodedScalars;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class ConversionsTest {
  private static final float NAN = Float.NaN;
  private static final float INF = Float.POSITIVE_INFINITY;

  private static int[] castF32(DType to, float... values) {
    int[] out = new int[values.length];
    Casts.cast(ComputeType.F32, to, values, 0, out, 0, values.length);
    return out;
  }

  @Test
  @DisplayName("S6.2 float to integer truncates, saturates at i64 and wraps from there; NaN is 0")
  void floatToInteger() {
    float[] in = {1.9f, -1.9f, 255.5f, 256, -129, 3e9f, NAN, INF, -INF, -0.5f};
    assertArrayEquals(
        new int[] {1, -1, 255, 256, -129, (int) 3_000_000_000L, 0, -1, 0, 0},
        castF32(DType.I32, in));
    assertArrayEquals(
        new int[] {1, 255, 255, 0, 127, (int) (3_000_000_000L & 255), 0, 255, 0, 0},
        castF32(DType.U8, in));
    assertArrayEquals(
        new int[] {1, -1, -1, 0, 127, (byte) 3_000_000_000L, 0, -1, 0, 0}, castF32(DType.I8, in));
    long[] wide = new long[in.length];
    Casts.cast(ComputeType.F32, DType.I64, in, 0, wide, 0, in.length);
    assertArrayEquals(
        new long[] {1, -1, 255, 256, -129, 3_000_000_000L, 0, Long.MAX_VALUE, Long.MIN_VALUE, 0},
        wide);
  }

  @Test
  @DisplayName("anything but zero is true, a fraction, NaN and the lowest bit of an i64 too")
  void truth() {
    assertArrayEquals(
        new int[] {1, 1, 0, 0, 1}, castF32(DType.BOOL, 0.25f, NAN, 0, -0.0f, Float.MIN_VALUE));
    int[] out = new int[3];
    Casts.cast(ComputeType.I64, DType.BOOL, new long[] {1L << 40, 0, -1}, 0, out, 0, 3);
    assertArrayEquals(new int[] {1, 0, 1}, out);
  }

  @Test
  @DisplayName("halves round to nearest even, overflow to infinity and keep NaN")
  void halves() {
    float[] in = {65519, 65520, 1 + 0x1p-11f, 1 + 0x3p-11f, 0x1p-25f, NAN, -INF};
    float[] out = new float[in.length];
    Casts.cast(ComputeType.F32, DType.F16, in, 0, out, 0, in.length);
    assertArrayEquals(new float[] {65504, INF, 1, 1 + 0x1p-9f, 0, NAN, -INF}, out);
    float[] b = {1 + 0x1p-8f, 1 + 0x3p-8f, 3.4e38f, Float.MAX_VALUE, NAN};
    Casts.cast(ComputeType.F32, DType.BF16, b, 0, out, 0, b.length);
    assertEquals(1, out[0]);
    assertEquals(1 + 0x1p-6f, out[1]);
    assertEquals(INF, out[3]);
    assertTrue(Float.isNaN(out[4]));
  }

  @Test
  @DisplayName("every cast of every compute type is what its definition says")
  void allCasts() {
    double[] values = {
      0,
      -0.0,
      1,
      -1,
      0.5,
      -0.5,
      127,
      128,
      -128,
      -129,
      255,
      256,
      32767,
      32768,
      65504,
      65520,
      1e6,
      2147483647,
      2147483648.0,
      -2147483649.0,
      1e19,
      -1e19,
      1e39,
      1e-46,
      16777217,
      9007199254740993.0,
      Double.NaN,
      Double.POSITIVE_INFINITY,
      Double.NEGATIVE_INFINITY
    };
    for (ComputeType from : ComputeType.values()) {
      Object src = array(from, values);
      for (DType to : DType.values()) {
        Object dst = array(to.compute(), new double[values.length]);
        Casts.cast(from, to, src, 0, dst, 0, values.length);
        for (int i = 0; i < values.length; i++) {
          long want = EncodedScalars.cast(to, from, encoded(from, src, i));
          long got = encoded(to.compute(), dst, i);
          assertTrue(
              Interpreter.same(to.compute(), want, got),
              from + " to " + to + " of " + values[i] + ": " + want + " and " + got);
        }
      }
    }
  }

  @Test
  @DisplayName("all 65,536 halves survive a load and a store, contiguous and strided")
  void everyHalf() {
    short[] all = new short[1 << 16];
    for (int i = 0; i < all.length; i++) {
      all[i] = (short) i;
    }
    for (DType dtype : new DType[] {DType.F16, DType.BF16, DType.I16}) {
      Object wide = dtype == DType.I16 ? new int[all.length] : new float[all.length];
      Conversions.load(dtype, all, 0, 1, wide, 0, all.length);
      short[] back = new short[2 * all.length];
      Conversions.store(dtype, wide, 0, back, 1, 2, all.length);
      for (int i = 0; i < all.length; i++) {
        short got = back[2 * i + 1];
        boolean nan = wide instanceof float[] f && Float.isNaN(f[i]);
        if (nan) {
          Object again = new float[1];
          Conversions.load(dtype, back, 2 * i + 1, 1, again, 0, 1);
          assertTrue(Float.isNaN(((float[]) again)[0]));
        } else {
          assertEquals(all[i], got);
        }
      }
    }
  }

  private static Object array(ComputeType type, double[] values) {
    Object a =
        switch (type) {
          case F32 -> new float[values.length];
          case F64 -> new double[values.length];
          case I32 -> new int[values.length];
          case I64 -> new long[values.length];
        };
    for (int i = 0; i < values.length; i++) {
      switch (type) {
        case F32 -> ((float[]) a)[i] = (float) values[i];
        case F64 -> ((double[]) a)[i] = values[i];
        case I32 -> ((int[]) a)[i] = (int) (long) values[i];
        case I64 -> ((long[]) a)[i] = (long) values[i];
      }
    }
    return a;
  }

  private static long encoded(ComputeType type, Object a, int i) {
    return switch (type) {
      case F32 -> Float.floatToRawIntBits(((float[]) a)[i]);
      case F64 -> Double.doubleToRawLongBits(((double[]) a)[i]);
      case I32 -> ((int[]) a)[i];
      case I64 -> ((long[]) a)[i];
    };
  }
}
