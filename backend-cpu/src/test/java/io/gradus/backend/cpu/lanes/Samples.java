package io.gradus.backend.cpu.lanes;

import io.gradus.tensor.dtype.ComputeType;
import java.util.Random;

/** Arrays of awkward and of random numbers, and access to them whatever their type. */
final class Samples {
  private static final double[] SPECIAL = {
    0.0,
    -0.0,
    1,
    -1,
    0.5,
    -0.5,
    1.5,
    2.5,
    -2.5,
    Double.NaN,
    Double.POSITIVE_INFINITY,
    Double.NEGATIVE_INFINITY,
    Float.MIN_VALUE,
    -Float.MIN_VALUE,
    Float.MIN_NORMAL,
    Float.MAX_VALUE,
    -Float.MAX_VALUE,
    Double.MIN_VALUE,
    Double.MAX_VALUE,
    0x1p23,
    0x1p23 - 0.5,
    -0x1p52 + 0.5,
    88.7,
    -103.9,
    1e10,
    -123456.78
  };
  private static final long[] WHOLE = {
    0,
    1,
    -1,
    2,
    -2,
    31,
    32,
    33,
    63,
    64,
    65,
    -64,
    Integer.MIN_VALUE,
    Integer.MAX_VALUE,
    Long.MIN_VALUE,
    Long.MAX_VALUE
  };

  private Samples() {}

  static Object array(ComputeType type, int n) {
    return switch (type) {
      case F32 -> new float[n];
      case F64 -> new double[n];
      case I32 -> new int[n];
      case I64 -> new long[n];
    };
  }

  static Object of(ComputeType type, int n, Random random) {
    Object to = array(type, n);
    for (int i = 0; i < n; i++) {
      int kind = random.nextInt(4);
      double x =
          kind == 0 ? SPECIAL[random.nextInt(SPECIAL.length)] : random.nextGaussian() * kind * kind;
      long whole =
          kind == 0 ? WHOLE[random.nextInt(WHOLE.length)] : random.nextLong() >> (kind * 20);
      switch (to) {
        case float[] f -> f[i] = kind == 3 ? Float.intBitsToFloat(random.nextInt()) : (float) x;
        case double[] d -> d[i] = kind == 3 ? Double.longBitsToDouble(random.nextLong()) : x;
        case int[] v -> v[i] = (int) whole;
        case long[] v -> v[i] = whole;
        default -> throw new AssertionError();
      }
    }
    return to;
  }

  static void replaceZeros(Object array) {
    if (array instanceof int[] v) {
      for (int i = 0; i < v.length; i++) {
        v[i] = v[i] == 0 ? 7 : v[i];
      }
    } else if (array instanceof long[] v) {
      for (int i = 0; i < v.length; i++) {
        v[i] = v[i] == 0 ? 7 : v[i];
      }
    }
  }

  static void small(Object array, Random random) {
    for (int i = 0; i < java.lang.reflect.Array.getLength(array); i++) {
      if (array instanceof float[] f) {
        f[i] = random.nextInt(9) - 2;
      } else if (array instanceof double[] d) {
        d[i] = random.nextInt(9) - 2;
      }
    }
  }

  static long encoded(Object array, int i) {
    return switch (array) {
      case float[] f -> Float.floatToRawIntBits(f[i]);
      case double[] d -> Double.doubleToRawLongBits(d[i]);
      case int[] v -> v[i];
      case long[] v -> v[i];
      default -> throw new AssertionError();
    };
  }

  static void set(Object array, int i, long encoded) {
    switch (array) {
      case float[] f -> f[i] = Float.intBitsToFloat((int) encoded);
      case double[] d -> d[i] = Double.longBitsToDouble(encoded);
      case int[] v -> v[i] = (int) encoded;
      case long[] v -> v[i] = encoded;
      default -> throw new AssertionError();
    }
  }

  /** Tells apart what differs in bits, but for NaNs. */
  static String text(Object array, int i) {
    return switch (array) {
      case float[] f -> Float.toString(f[i]);
      case double[] d -> Double.toString(d[i]);
      case int[] v -> Integer.toString(v[i]);
      case long[] v -> Long.toString(v[i]);
      default -> throw new AssertionError();
    };
  }
}
