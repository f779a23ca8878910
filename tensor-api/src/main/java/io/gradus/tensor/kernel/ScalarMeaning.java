package io.gradus.tensor.kernel;

import io.gradus.tensor.dtype.BFloat16;
import io.gradus.tensor.dtype.ComputeType;
import io.gradus.tensor.dtype.DType;

/**
 * What every {@link ScalarOp} and cast means, as plain Java on single numbers.
 *
 * <p>Basic arithmetic is IEEE 754 in the type at hand; {@code f64} transcendentals are {@link
 * StrictMath}'s where it has them. An {@code f32} operation with a recipe ({@link Recipes}) is that
 * recipe; any other {@code f32} transcendental is the {@code f64} one, rounded once. The bits of a
 * NaN are not defined. Operations that do not exist for a type throw {@link
 * IllegalArgumentException}.
 */
public final class ScalarMeaning {
  private ScalarMeaning() {}

  /** An operation from {@code f64} to {@code f64}; arguments beyond its arity are ignored. */
  public static double f64(ScalarOp op, double a, double b, double c) {
    return FloatMeaning.f64(op, a, b, c);
  }

  /** An operation from {@code f32} to {@code f32}; arguments beyond its arity are ignored. */
  public static float f32(ScalarOp op, float a, float b, float c) {
    return FloatMeaning.f32(op, a, b, c);
  }

  /** An operation from {@code i32} to {@code i32}; arguments beyond its arity are ignored. */
  public static int i32(ScalarOp op, int a, int b, int c) {
    return IntegerMeaning.i32(op, a, b, c);
  }

  /** An operation from {@code i64} to {@code i64}; arguments beyond its arity are ignored. */
  public static long i64(ScalarOp op, long a, long b, long c) {
    return IntegerMeaning.i64(op, a, b, c);
  }

  /** A comparison, 1 or 0. */
  public static int compare(ScalarOp op, float a, float b) {
    return ComparisonMeaning.holds(op, a < b, a == b, a > b) ? 1 : 0;
  }

  /** A comparison, 1 or 0. */
  public static int compare(ScalarOp op, double a, double b) {
    return ComparisonMeaning.holds(op, a < b, a == b, a > b) ? 1 : 0;
  }

  /** A comparison, 1 or 0. */
  public static int compare(ScalarOp op, int a, int b) {
    return ComparisonMeaning.holds(op, a < b, a == b, a > b) ? 1 : 0;
  }

  /** A comparison, 1 or 0. */
  public static int compare(ScalarOp op, long a, long b) {
    return ComparisonMeaning.holds(op, a < b, a == b, a > b) ? 1 : 0;
  }

  /** {@link ScalarOp#TO_BITS}; NaN bits are kept. */
  public static int toBits(float a) {
    return Float.floatToRawIntBits(a);
  }

  /** {@link ScalarOp#TO_BITS}; NaN bits are kept. */
  public static long toBits(double a) {
    return Double.doubleToRawLongBits(a);
  }

  /** {@link ScalarOp#FROM_BITS}. */
  public static float fromBits(int a) {
    return Float.intBitsToFloat(a);
  }

  /** {@link ScalarOp#FROM_BITS}. */
  public static double fromBits(long a) {
    return Double.longBitsToDouble(a);
  }

  /**
   * Conversion to {@code f32}, {@code f16} or {@code bf16}; halves are rounded from {@code f32}.
   */
  public static float toF32(DType to, double a) {
    return toF32(to, (float) a);
  }

  /** Conversion to {@code f32}, {@code f16} or {@code bf16}. */
  public static float toF32(DType to, float a) {
    return switch (to) {
      case F32 -> a;
      case F16 -> Float.float16ToFloat(Float.floatToFloat16(a));
      case BF16 -> BFloat16.toFloat(BFloat16.fromFloat(a));
      case F64, U8, I8, I16, I32, I64, BOOL ->
          throw new IllegalArgumentException(to + " is not held in f32");
    };
  }

  /** Conversion of a whole number to {@code f32}, {@code f16} or {@code bf16}. */
  public static float toF32(DType to, long a) {
    return toF32(to, (float) a);
  }

  /** Conversion to an integer dtype or {@code bool}, see {@link Expr.Cast}. */
  public static long toInteger(DType to, double a) {
    return to == DType.BOOL ? (a != 0 ? 1 : 0) : to.wrap((long) a);
  }

  /** The refusal of an operation that does not exist for a type. */
  static IllegalArgumentException noResult(ScalarOp op, ComputeType type) {
    return new IllegalArgumentException(op + " has no " + type + " result");
  }
}
