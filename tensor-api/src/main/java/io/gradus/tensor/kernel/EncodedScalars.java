package io.gradus.tensor.kernel;

import io.gradus.tensor.dtype.ComputeType;
import io.gradus.tensor.dtype.DType;

/**
 * {@link ScalarMeaning} for numbers of any compute type in one Java type.
 *
 * <p>A number is encoded as a {@code long}: {@code floatToRawIntBits}, {@code doubleToRawLongBits},
 * or the whole number itself.
 */
public final class EncodedScalars {
  private EncodedScalars() {}

  /**
   * Any operation on encoded numbers: {@code floatToRawIntBits}, {@code doubleToRawLongBits} or the
   * whole number.
   *
   * @param operandType the type of the last argument
   */
  public static long apply(ScalarOp op, ComputeType operandType, long a, long b, long c) {
    return switch (op.signature()) {
      case SAME, FLOAT, INT ->
          switch (operandType) {
            case F32 -> encode(ScalarMeaning.f32(op, f32(a), f32(b), f32(c)));
            case F64 ->
                encode(
                    ScalarMeaning.f64(
                        op,
                        Double.longBitsToDouble(a),
                        Double.longBitsToDouble(b),
                        Double.longBitsToDouble(c)));
            case I32 -> ScalarMeaning.i32(op, (int) a, (int) b, (int) c);
            case I64 -> ScalarMeaning.i64(op, a, b, c);
          };
      case COMPARE ->
          switch (operandType) {
            case F32 -> ScalarMeaning.compare(op, f32(a), f32(b));
            case F64 ->
                ScalarMeaning.compare(op, Double.longBitsToDouble(a), Double.longBitsToDouble(b));
            case I32, I64 -> ScalarMeaning.compare(op, a, b);
          };
      case WHERE -> a != 0 ? b : c;
      case TO_BITS, FROM_BITS -> a;
      case PHILOX -> Philox.word(a, b, c);
    };
  }

  /** A {@link Expr.Cast} of an encoded number, see {@link #apply}. */
  public static long cast(DType to, ComputeType from, long a) {
    return switch (to.compute()) {
      case F32 ->
          encode(
              switch (from) {
                case F32 -> ScalarMeaning.toF32(to, f32(a));
                case F64 -> ScalarMeaning.toF32(to, Double.longBitsToDouble(a));
                case I32, I64 -> ScalarMeaning.toF32(to, a);
              });
      case F64 ->
          encode(
              switch (from) {
                case F32 -> f32(a);
                case F64 -> Double.longBitsToDouble(a);
                case I32, I64 -> (double) a;
              });
      case I32, I64 ->
          switch (from) {
            case F32 -> ScalarMeaning.toInteger(to, f32(a));
            case F64 -> ScalarMeaning.toInteger(to, Double.longBitsToDouble(a));
            case I32, I64 -> to.wrap(a);
          };
    };
  }

  private static float f32(long encoded) {
    return Float.intBitsToFloat((int) encoded);
  }

  private static long encode(float a) {
    return Float.floatToRawIntBits(a);
  }

  private static long encode(double a) {
    return Double.doubleToRawLongBits(a);
  }
}
