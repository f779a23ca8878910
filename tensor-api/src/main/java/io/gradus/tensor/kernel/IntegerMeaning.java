package io.gradus.tensor.kernel;

import io.gradus.tensor.dtype.ComputeType;

/** What operations with a whole-number result mean; see {@link ScalarMeaning}. */
final class IntegerMeaning {
  private IntegerMeaning() {}

  static int i32(ScalarOp op, int a, int b, int c) {
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
      case POW -> (int) pow(a, b);
      case IDIV -> a / b;
      case AND -> a & b;
      case OR -> a | b;
      case XOR -> a ^ b;
      case NOT -> ~a;
      case SHL -> shl(a, b);
      case SHR -> shr(a, b);
      case USHR -> ushr(a, b);
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
          throw ScalarMeaning.noResult(op, ComputeType.I32);
    };
  }

  static long i64(ScalarOp op, long a, long b, long c) {
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
      case POW -> pow(a, b);
      case IDIV -> a / b;
      case AND -> a & b;
      case OR -> a | b;
      case XOR -> a ^ b;
      case NOT -> ~a;
      case SHL -> shl(a, b);
      case SHR -> shr(a, b);
      case USHR -> ushr(a, b);
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
          throw ScalarMeaning.noResult(op, ComputeType.I64);
    };
  }

  static long pow(long base, long exponent) {
    if (exponent < 0) {
      return base == 1 ? 1 : base == -1 ? ((exponent & 1) == 0 ? 1 : -1) : 0;
    }
    long result = 1;
    long square = base;
    for (long e = exponent; e != 0; e >>>= 1) {
      if ((e & 1) != 0) {
        result *= square;
      }
      square *= square;
    }
    return result;
  }

  static int shl(int a, int b) {
    return b >= 0 && b < 32 ? a << b : 0;
  }

  static int shr(int a, int b) {
    return b >= 0 && b < 32 ? a >> b : a >> 31;
  }

  static int ushr(int a, int b) {
    return b >= 0 && b < 32 ? a >>> b : 0;
  }

  static long shl(long a, long b) {
    return b >= 0 && b < 64 ? a << b : 0;
  }

  static long shr(long a, long b) {
    return b >= 0 && b < 64 ? a >> b : a >> 63;
  }

  static long ushr(long a, long b) {
    return b >= 0 && b < 64 ? a >>> b : 0;
  }
}
