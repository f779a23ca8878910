package io.gradus.backend.cpu.runs;

import io.gradus.backend.cpu.elementwise.Casts;
import io.gradus.backend.cpu.elementwise.Conversions;
import io.gradus.tensor.dtype.ComputeType;
import io.gradus.tensor.dtype.DType;

/** Evenly spaced elements of a storage array, widened into or narrowed from a compute array. */
public final class Runs {
  private Runs() {}

  /** A new compute array: float[], double[], int[] or long[]. */
  public static Object array(ComputeType type, int n) {
    return switch (type) {
      case F32 -> new float[n];
      case F64 -> new double[n];
      case I32 -> new int[n];
      case I64 -> new long[n];
    };
  }

  /** {@code to[o + i] = widened(from[at + i stride])}. */
  public static void load(Object from, DType dtype, int at, int stride, int n, Object to, int o) {
    Conversions.load(dtype, from, at, stride, to, o, n);
  }

  /** {@code to[at + i stride] = converted(from[o + i])}. */
  public static void store(
      ComputeType type, Object from, int o, DType dtype, Object to, int at, int stride, int n) {
    if (type == dtype.compute()) {
      Conversions.store(dtype, from, o, to, at, stride, n);
    } else {
      Object same = array(dtype.compute(), n);
      Casts.cast(type, dtype, from, o, same, 0, n);
      Conversions.store(dtype, same, 0, to, at, stride, n);
    }
  }

  /** One number in the encoding of {@link io.gradus.tensor.kernel.Params}. */
  public static long get(ComputeType type, Object array, int i) {
    return switch (type) {
      case F32 -> Double.doubleToRawLongBits(((float[]) array)[i]);
      case F64 -> Double.doubleToRawLongBits(((double[]) array)[i]);
      case I32 -> ((int[]) array)[i];
      case I64 -> ((long[]) array)[i];
    };
  }

  /** Stores one number given in the encoding of {@link io.gradus.tensor.kernel.Params}. */
  public static void set(ComputeType type, Object array, int i, long value) {
    switch (type) {
      case F32 -> ((float[]) array)[i] = (float) Double.longBitsToDouble(value);
      case F64 -> ((double[]) array)[i] = Double.longBitsToDouble(value);
      case I32 -> ((int[]) array)[i] = (int) value;
      case I64 -> ((long[]) array)[i] = value;
    }
  }
}
