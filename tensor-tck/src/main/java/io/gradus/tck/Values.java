package io.gradus.tck;

import io.gradus.tensor.dtype.ComputeType;
import io.gradus.tensor.dtype.DType;
import io.gradus.tensor.kernel.EncodedScalars;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;

/** Numbers to compute with, encoded as in {@link Block}. */
final class Values {
  private Values() {}

  static double decode(DType dtype, long value) {
    return switch (dtype.compute()) {
      case F32 -> Float.intBitsToFloat((int) value);
      case F64 -> Double.longBitsToDouble(value);
      case I32, I64 -> (double) value;
    };
  }

  static long encode(DType dtype, double value) {
    return EncodedScalars.cast(dtype, ComputeType.F64, Double.doubleToRawLongBits(value));
  }

  /** NaN, infinities, zeros, subnormals, extremes, ties of rounding, borders of the integers. */
  static long[] special(DType dtype) {
    return dtype.isFloating() ? specialFloats(dtype) : specialIntegers(dtype);
  }

  private static long[] specialFloats(DType dtype) {
    List<Double> all = new ArrayList<>(List.of(Double.NaN));
    double[] magnitudes = {
      0,
      smallest(dtype),
      3 * smallest(dtype),
      smallestNormal(dtype),
      0.1,
      0.5,
      0.75,
      1,
      1 + Tolerance.epsilon(dtype),
      1.5,
      2,
      2.5,
      3,
      10.3,
      88.5,
      127.5,
      256,
      300,
      32768,
      65504,
      0x1p31,
      0x1p63,
      largest(dtype),
      Double.POSITIVE_INFINITY
    };
    for (double m : magnitudes) {
      all.add(m);
      all.add(-m);
    }
    return all.stream().mapToLong(x -> encode(dtype, x)).distinct().toArray();
  }

  private static long[] specialIntegers(DType dtype) {
    long[] all = {
      0,
      1,
      -1,
      2,
      -2,
      3,
      7,
      -7,
      15,
      31,
      32,
      33,
      63,
      64,
      65,
      127,
      128,
      255,
      -128,
      1000,
      46341,
      0x7fffffffL,
      -0x80000000L,
      3037000500L,
      dtype.minInteger(),
      dtype.maxInteger(),
      dtype.minInteger() + 1,
      dtype.maxInteger() - 1
    };
    return LongStream.of(all).map(dtype::wrap).distinct().toArray();
  }

  /** Mostly ordinary numbers, some special ones, some of any size. */
  static long[] mixed(DType dtype, int n, Random random) {
    long[] special = special(dtype);
    long[] values = new long[n];
    for (int i = 0; i < n; i++) {
      int kind = random.nextInt(10);
      values[i] =
          kind < 2
              ? special[random.nextInt(special.length)]
              : kind < 8 || !dtype.isFloating()
                  ? encode(dtype, small(dtype, random))
                  : encode(dtype, random.nextGaussian() * Math.pow(2, random.nextInt(80) - 40));
    }
    return values;
  }

  /** Numbers of magnitude up to 2 (floating) or 9 (whole): sums and products stay harmless. */
  static long[] tame(DType dtype, int n, Random random) {
    return LongStream.generate(() -> encode(dtype, tame(dtype, random))).limit(n).toArray();
  }

  private static double tame(DType dtype, Random random) {
    return dtype.isFloating() ? random.nextDouble() * 4 - 2 : random.nextInt(19) - 9;
  }

  private static double small(DType dtype, Random random) {
    return dtype.isFloating() ? random.nextDouble() * 8 - 4 : random.nextInt(201) - 100;
  }

  private static double smallest(DType dtype) {
    return switch (dtype) {
      case F64 -> Double.MIN_VALUE;
      case F32 -> Float.MIN_VALUE;
      case F16 -> 0x1p-24;
      case BF16 -> 0x1p-133;
      case U8, I8, I16, I32, I64, BOOL -> 1;
    };
  }

  private static double smallestNormal(DType dtype) {
    return switch (dtype) {
      case F64 -> Double.MIN_NORMAL;
      case F32, BF16 -> Float.MIN_NORMAL;
      case F16 -> 0x1p-14;
      case U8, I8, I16, I32, I64, BOOL -> 1;
    };
  }

  private static double largest(DType dtype) {
    return switch (dtype) {
      case F64 -> Double.MAX_VALUE;
      case F32 -> Float.MAX_VALUE;
      case F16 -> 65504;
      case BF16 -> 0x1.fep127;
      case U8, I8, I16, I32, I64, BOOL -> dtype.maxInteger();
    };
  }
}
