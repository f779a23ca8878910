package io.gradus.tensor.kernel;

import io.gradus.tensor.dtype.ComputeType;

/** What operations with a floating result mean; see {@link ScalarMeaning}. */
final class FloatMeaning {
  private FloatMeaning() {}

  static double f64(ScalarOp op, double a, double b, double c) {
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
          throw ScalarMeaning.noResult(op, ComputeType.F64);
    };
  }

  static float f32(ScalarOp op, float a, float b, float c) {
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
          throw ScalarMeaning.noResult(op, ComputeType.F32);
    };
  }
}
