package io.gradus.tck;

import io.gradus.tensor.dtype.DType;

/**
 * How far a result may be from the reference: {@code absolute + relative * |expected|}.
 *
 * <p>Any NaN equals any NaN; infinities must be equal.
 */
record Tolerance(double absolute, double relative) {
  /** The same bits, but for NaN. */
  static final Tolerance EXACT = new Tolerance(0, 0);

  /** Distance between 1 and the next number of a floating dtype. */
  static double epsilon(DType dtype) {
    return switch (dtype) {
      case F64 -> 0x1p-52;
      case F32 -> 0x1p-23;
      case F16 -> 0x1p-10;
      case BF16 -> 0x1p-7;
      case U8, I8, I16, I32, I64, BOOL -> 0;
    };
  }

  /** Adds the rounding to a narrow dtype. */
  Tolerance storedAs(DType dtype) {
    return new Tolerance(absolute, relative + epsilon(dtype));
  }

  boolean accepts(DType dtype, long expected, long actual) {
    if (expected == actual) {
      return true;
    }
    if (!dtype.isFloating()) {
      return false;
    }
    double want = Values.decode(dtype, expected);
    double got = Values.decode(dtype, actual);
    if (Double.isNaN(want) || Double.isNaN(got)) {
      return Double.isNaN(want) && Double.isNaN(got);
    }
    if (this.equals(EXACT) || Double.isInfinite(want) || Double.isInfinite(got)) {
      return false;
    }
    return Math.abs(want - got) <= absolute + relative * Math.abs(want);
  }
}
