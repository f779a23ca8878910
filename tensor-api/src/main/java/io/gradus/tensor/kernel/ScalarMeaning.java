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
    return switch (op) {
      case ADD -> a + b;
      case SUB -> a - b;
      case MUL -> a * b;
      case NEG -> -a;
      case ABS -> Math.abs(a);
      case SIGN -> Math.signum(a);
      case MIN -> Math.min(a, b);
      case MAX -> Math.max(a, b);
      case FMOD -> a % b;
      case DIV -> a / b;
      case FMA -> Math.fma(a, b, c);
      case SQRT -> Math.sqrt(a);
      case FLOOR -> Math.floor(a);
      case CEIL -> Math.ceil(a);
      case ROUND -> Math.rint(a);
      case TRUNC -> a < 0 ? Math.ceil(a) : Math.floor(a);
      case FMIN -> Double.isNaN(a) ? b : Double.isNaN(b) ? a : Math.min(a, b);
      case FMAX -> Double.isNaN(a) ? b : Double.isNaN(b) ? a : Math.max(a, b);
      case COPYSIGN -> Math.copySign(a, b);
      case NEXTAFTER -> Math.nextAfter(a, b);
      case POW -> ElementaryFunctions.pow(a, b);
      case EXP -> StrictMath.exp(a);
      case EXPM1 -> StrictMath.expm1(a);
      case EXP2 -> StrictMath.pow(2, a);
      case LOG -> StrictMath.log(a);
      case LOG1P -> StrictMath.log1p(a);
      case LOG2 -> ElementaryFunctions.log2(a);
      case LOG10 -> StrictMath.log10(a);
      case RSQRT -> 1 / Math.sqrt(a);
      case SIN -> StrictMath.sin(a);
      case COS -> StrictMath.cos(a);
      case TAN -> StrictMath.tan(a);
      case ASIN -> StrictMath.asin(a);
      case ACOS -> StrictMath.acos(a);
      case ATAN -> StrictMath.atan(a);
      case ATAN2 -> StrictMath.atan2(a, b);
      case SINH -> StrictMath.sinh(a);
      case COSH -> StrictMath.cosh(a);
      case TANH -> StrictMath.tanh(a);
      case ASINH -> ElementaryFunctions.asinh(a);
      case ACOSH -> ElementaryFunctions.acosh(a);
      case ATANH -> ElementaryFunctions.atanh(a);
      case SIGMOID -> ElementaryFunctions.sigmoid(a);
      case ERF -> ErrorFunctions.erf(a);
      case ERFC -> ErrorFunctions.erfc(a);
      case ERFINV -> ErrorFunctions.erfinv(a);
      case LGAMMA -> GammaFunctions.lgamma(a);
      case DIGAMMA -> GammaFunctions.digamma(a);
      case POLYGAMMA -> GammaFunctions.polygamma(a, b);
      case I0 -> BesselFunctions.i0(a);
      case I0E -> BesselFunctions.i0e(a);
      case I1 -> BesselFunctions.i1(a);
      case I1E -> BesselFunctions.i1e(a);
      case IDIV,
          AND,
          OR,
          XOR,
          NOT,
          SHL,
          SHR,
          USHR,
          EQ,
          NE,
          LT,
          LE,
          GT,
          GE,
          WHERE,
          TO_BITS,
          FROM_BITS,
          PHILOX ->
          throw noResult(op, ComputeType.F64);
    };
  }

  /** An operation from {@code f32} to {@code f32}; arguments beyond its arity are ignored. */
  public static float f32(ScalarOp op, float a, float b, float c) {
    return switch (op) {
      case ADD -> a + b;
      case SUB -> a - b;
      case MUL -> a * b;
      case NEG -> -a;
      case ABS -> Math.abs(a);
      case SIGN -> Math.signum(a);
      case MIN -> Math.min(a, b);
      case MAX -> Math.max(a, b);
      case FMOD -> a % b;
      case DIV -> a / b;
      case FMA -> Math.fma(a, b, c);
      case SQRT -> (float) Math.sqrt(a);
      case FLOOR -> (float) Math.floor(a);
      case CEIL -> (float) Math.ceil(a);
      case ROUND -> (float) Math.rint(a);
      case TRUNC -> (float) (a < 0 ? Math.ceil(a) : Math.floor(a));
      case FMIN -> Float.isNaN(a) ? b : Float.isNaN(b) ? a : Math.min(a, b);
      case FMAX -> Float.isNaN(a) ? b : Float.isNaN(b) ? a : Math.max(a, b);
      case COPYSIGN -> Math.copySign(a, b);
      case NEXTAFTER -> Math.nextAfter(a, b);
      case POW,
          EXP,
          EXPM1,
          EXP2,
          LOG,
          LOG1P,
          LOG2,
          LOG10,
          RSQRT,
          SIN,
          COS,
          TAN,
          ASIN,
          ACOS,
          ATAN,
          ATAN2,
          SINH,
          COSH,
          TANH,
          ASINH,
          ACOSH,
          ATANH,
          SIGMOID,
          ERF,
          ERFC,
          ERFINV,
          LGAMMA,
          DIGAMMA,
          POLYGAMMA,
          I0,
          I0E,
          I1,
          I1E -> {
        RecipeProgram recipe = RecipeProgram.f32(op);
        yield recipe != null ? recipe.f32(a, b) : (float) f64(op, a, b, c);
      }
      case IDIV,
          AND,
          OR,
          XOR,
          NOT,
          SHL,
          SHR,
          USHR,
          EQ,
          NE,
          LT,
          LE,
          GT,
          GE,
          WHERE,
          TO_BITS,
          FROM_BITS,
          PHILOX ->
          throw noResult(op, ComputeType.F32);
    };
  }

  /** An operation from {@code i32} to {@code i32}; arguments beyond its arity are ignored. */
  public static int i32(ScalarOp op, int a, int b, int c) {
    return switch (op) {
      case ADD -> a + b;
      case SUB -> a - b;
      case MUL -> a * b;
      case NEG -> -a;
      case ABS -> Math.abs(a);
      case SIGN -> Integer.signum(a);
      case MIN -> Math.min(a, b);
      case MAX -> Math.max(a, b);
      case FMOD -> a % b;
      case POW -> (int) IntegerMeaning.pow(a, b);
      case IDIV -> a / b;
      case AND -> a & b;
      case OR -> a | b;
      case XOR -> a ^ b;
      case NOT -> ~a;
      case SHL -> IntegerMeaning.shl(a, b);
      case SHR -> IntegerMeaning.shr(a, b);
      case USHR -> IntegerMeaning.ushr(a, b);
      case DIV,
          FMA,
          SQRT,
          FLOOR,
          CEIL,
          ROUND,
          TRUNC,
          FMIN,
          FMAX,
          COPYSIGN,
          NEXTAFTER,
          EQ,
          NE,
          LT,
          LE,
          GT,
          GE,
          WHERE,
          TO_BITS,
          FROM_BITS,
          PHILOX,
          EXP,
          EXPM1,
          EXP2,
          LOG,
          LOG1P,
          LOG2,
          LOG10,
          RSQRT,
          SIN,
          COS,
          TAN,
          ASIN,
          ACOS,
          ATAN,
          ATAN2,
          SINH,
          COSH,
          TANH,
          ASINH,
          ACOSH,
          ATANH,
          SIGMOID,
          ERF,
          ERFC,
          ERFINV,
          LGAMMA,
          DIGAMMA,
          POLYGAMMA,
          I0,
          I0E,
          I1,
          I1E ->
          throw noResult(op, ComputeType.I32);
    };
  }

  /** An operation from {@code i64} to {@code i64}; arguments beyond its arity are ignored. */
  public static long i64(ScalarOp op, long a, long b, long c) {
    return switch (op) {
      case ADD -> a + b;
      case SUB -> a - b;
      case MUL -> a * b;
      case NEG -> -a;
      case ABS -> Math.abs(a);
      case SIGN -> Long.signum(a);
      case MIN -> Math.min(a, b);
      case MAX -> Math.max(a, b);
      case FMOD -> a % b;
      case POW -> IntegerMeaning.pow(a, b);
      case IDIV -> a / b;
      case AND -> a & b;
      case OR -> a | b;
      case XOR -> a ^ b;
      case NOT -> ~a;
      case SHL -> IntegerMeaning.shl(a, b);
      case SHR -> IntegerMeaning.shr(a, b);
      case USHR -> IntegerMeaning.ushr(a, b);
      case DIV,
          FMA,
          SQRT,
          FLOOR,
          CEIL,
          ROUND,
          TRUNC,
          FMIN,
          FMAX,
          COPYSIGN,
          NEXTAFTER,
          EQ,
          NE,
          LT,
          LE,
          GT,
          GE,
          WHERE,
          TO_BITS,
          FROM_BITS,
          PHILOX,
          EXP,
          EXPM1,
          EXP2,
          LOG,
          LOG1P,
          LOG2,
          LOG10,
          RSQRT,
          SIN,
          COS,
          TAN,
          ASIN,
          ACOS,
          ATAN,
          ATAN2,
          SINH,
          COSH,
          TANH,
          ASINH,
          ACOSH,
          ATANH,
          SIGMOID,
          ERF,
          ERFC,
          ERFINV,
          LGAMMA,
          DIGAMMA,
          POLYGAMMA,
          I0,
          I0E,
          I1,
          I1E ->
          throw noResult(op, ComputeType.I64);
    };
  }

  /** A comparison, 1 or 0. */
  public static int compare(ScalarOp op, float a, float b) {
    return holds(op, a < b, a == b, a > b) ? 1 : 0;
  }

  /** A comparison, 1 or 0. */
  public static int compare(ScalarOp op, double a, double b) {
    return holds(op, a < b, a == b, a > b) ? 1 : 0;
  }

  /** A comparison, 1 or 0. */
  public static int compare(ScalarOp op, int a, int b) {
    return holds(op, a < b, a == b, a > b) ? 1 : 0;
  }

  /** A comparison, 1 or 0. */
  public static int compare(ScalarOp op, long a, long b) {
    return holds(op, a < b, a == b, a > b) ? 1 : 0;
  }

  private static boolean holds(ScalarOp op, boolean less, boolean equal, boolean greater) {
    return switch (op) {
      case EQ -> equal;
      case NE -> !equal;
      case LT -> less;
      case LE -> less || equal;
      case GT -> greater;
      case GE -> greater || equal;
      case ADD,
          SUB,
          MUL,
          NEG,
          ABS,
          SIGN,
          MIN,
          MAX,
          FMOD,
          POW,
          DIV,
          FMA,
          SQRT,
          FLOOR,
          CEIL,
          ROUND,
          TRUNC,
          FMIN,
          FMAX,
          COPYSIGN,
          NEXTAFTER,
          IDIV,
          AND,
          OR,
          XOR,
          NOT,
          SHL,
          SHR,
          USHR,
          WHERE,
          TO_BITS,
          FROM_BITS,
          PHILOX,
          EXP,
          EXPM1,
          EXP2,
          LOG,
          LOG1P,
          LOG2,
          LOG10,
          RSQRT,
          SIN,
          COS,
          TAN,
          ASIN,
          ACOS,
          ATAN,
          ATAN2,
          SINH,
          COSH,
          TANH,
          ASINH,
          ACOSH,
          ATANH,
          SIGMOID,
          ERF,
          ERFC,
          ERFINV,
          LGAMMA,
          DIGAMMA,
          POLYGAMMA,
          I0,
          I0E,
          I1,
          I1E ->
          throw new IllegalArgumentException(op + " is not a comparison");
    };
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

  private static IllegalArgumentException noResult(ScalarOp op, ComputeType type) {
    return new IllegalArgumentException(op + " has no " + type + " result");
  }
}
