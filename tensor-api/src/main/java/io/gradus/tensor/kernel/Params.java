package io.gradus.tensor.kernel;

import io.gradus.tensor.dtype.ComputeType;
import io.gradus.tensor.dtype.Scalar;

/**
 * The encoding of per-call numbers: one {@code long} each.
 *
 * <p>A floating param is {@code Double.doubleToRawLongBits} of its value (also for F32, which
 * rounds it), an integer param is the number itself.
 */
public final class Params {
  /** For programs without params. */
  public static final long[] NONE = {};

  private Params() {}

  /** A floating number. */
  public static long of(double value) {
    return Double.doubleToRawLongBits(value);
  }

  /** A number converted to a compute type. */
  public static long of(Scalar value, ComputeType type) {
    return type.isFloating() ? Double.doubleToRawLongBits(value.toDouble()) : value.toLong();
  }

  /** The floating value of an encoded param. */
  public static double toDouble(long param) {
    return Double.longBitsToDouble(param);
  }
}
