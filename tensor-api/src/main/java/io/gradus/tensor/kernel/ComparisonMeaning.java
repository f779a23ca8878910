package io.gradus.tensor.kernel;

/** What comparisons mean; see {@link ScalarMeaning}. */
final class ComparisonMeaning {
  private ComparisonMeaning() {}

  /** Whether a comparison holds; none of the three is true of NaN. */
  static boolean holds(ScalarOp op, boolean less, boolean equal, boolean greater) {
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
}
