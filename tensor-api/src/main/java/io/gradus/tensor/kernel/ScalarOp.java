package io.gradus.tensor.kernel;

/**
 * The closed set of operations on single numbers from which every pointwise computation is built.
 *
 * <p>{@link Signature} says which compute types go in and come out. The meaning of each operation
 * is {@link ScalarMeaning}; transcendental ones whose {@code f32} results must have the same bits
 * everywhere are further defined by {@link Recipes}.
 */
public enum ScalarOp {
  // Arithmetic in every compute type; integers wrap.
  /** a + b. */
  ADD(Signature.SAME, 2),
  /** a - b. */
  SUB(Signature.SAME, 2),
  /** a * b. */
  MUL(Signature.SAME, 2),
  /** -a. */
  NEG(Signature.SAME, 1),
  /** |a|; the smallest integer stays itself. */
  ABS(Signature.SAME, 1),
  /** -1, 0 or 1; NaN stays NaN. */
  SIGN(Signature.SAME, 1),
  /** The smaller one; NaN if either is NaN; -0 is below +0. */
  MIN(Signature.SAME, 2),
  /** The larger one; NaN if either is NaN; +0 is above -0. */
  MAX(Signature.SAME, 2),
  /** Remainder with the sign of the dividend (C's {@code fmod}); an integer divisor is not 0. */
  FMOD(Signature.SAME, 2),
  /**
   * a to the power b; integers wrap, a negative integer exponent gives 0 but for bases 1 and -1.
   */
  POW(Signature.SAME, 2),

  // Floating point, correctly rounded (IEEE 754).
  /** a / b. */
  DIV(Signature.FLOAT, 2),
  /** a * b + c with one rounding. */
  FMA(Signature.FLOAT, 3),
  /** Square root. */
  SQRT(Signature.FLOAT, 1),
  /** Largest whole number not above a. */
  FLOOR(Signature.FLOAT, 1),
  /** Smallest whole number not below a. */
  CEIL(Signature.FLOAT, 1),
  /** Nearest whole number, ties to even. */
  ROUND(Signature.FLOAT, 1),
  /** Whole part, toward zero. */
  TRUNC(Signature.FLOAT, 1),
  /** The smaller one; if one is NaN the other. */
  FMIN(Signature.FLOAT, 2),
  /** The larger one; if one is NaN the other. */
  FMAX(Signature.FLOAT, 2),
  /** Magnitude of a with the sign of b. */
  COPYSIGN(Signature.FLOAT, 2),
  /** The next representable number after a in the direction of b. */
  NEXTAFTER(Signature.FLOAT, 2),

  // Integers.
  /** Quotient truncated toward zero; the divisor is not 0. */
  IDIV(Signature.INT, 2),
  /** Bitwise and. */
  AND(Signature.INT, 2),
  /** Bitwise or. */
  OR(Signature.INT, 2),
  /** Bitwise exclusive or. */
  XOR(Signature.INT, 2),
  /** Bitwise complement. */
  NOT(Signature.INT, 1),
  /** a shifted left by b; 0 where b is negative or at least the width. */
  SHL(Signature.INT, 2),
  /** a shifted right by b, sign extended; the sign where b is negative or at least the width. */
  SHR(Signature.INT, 2),
  /** a shifted right by b, zero extended; 0 where b is negative or at least the width. */
  USHR(Signature.INT, 2),

  // Comparison: 1 or 0 as I32. Comparisons with NaN are 0, but NE is 1.
  /** a = b. */
  EQ(Signature.COMPARE, 2),
  /** a differs from b. */
  NE(Signature.COMPARE, 2),
  /** a &lt; b. */
  LT(Signature.COMPARE, 2),
  /** a &lt;= b. */
  LE(Signature.COMPARE, 2),
  /** a &gt; b. */
  GT(Signature.COMPARE, 2),
  /** a &gt;= b. */
  GE(Signature.COMPARE, 2),
  /** b where the I32 condition a is not 0, else c; what is not selected has no influence. */
  WHERE(Signature.WHERE, 3),

  // Bits.
  /** The bit pattern of a floating number: F32 to I32, F64 to I64. */
  TO_BITS(Signature.TO_BITS, 1),
  /** The floating number of a bit pattern: I32 to F32, I64 to F64. */
  FROM_BITS(Signature.FROM_BITS, 1),
  /**
   * One 32-bit word of the Philox 4x32-10 generator: (index, seed, stream) to I32; see {@link
   * Philox}.
   */
  PHILOX(Signature.PHILOX, 3),

  // Transcendental and special functions.
  /** e to the power a. */
  EXP(Signature.FLOAT, 1),
  /** e to the power a, minus 1. */
  EXPM1(Signature.FLOAT, 1),
  /** 2 to the power a. */
  EXP2(Signature.FLOAT, 1),
  /** Natural logarithm. */
  LOG(Signature.FLOAT, 1),
  /** Natural logarithm of 1 + a. */
  LOG1P(Signature.FLOAT, 1),
  /** Logarithm to base 2. */
  LOG2(Signature.FLOAT, 1),
  /** Logarithm to base 10. */
  LOG10(Signature.FLOAT, 1),
  /** 1 / sqrt(a). */
  RSQRT(Signature.FLOAT, 1),
  /** Sine of radians. */
  SIN(Signature.FLOAT, 1),
  /** Cosine of radians. */
  COS(Signature.FLOAT, 1),
  /** Tangent of radians. */
  TAN(Signature.FLOAT, 1),
  /** Inverse sine. */
  ASIN(Signature.FLOAT, 1),
  /** Inverse cosine. */
  ACOS(Signature.FLOAT, 1),
  /** Inverse tangent. */
  ATAN(Signature.FLOAT, 1),
  /** Angle of the point (b, a), in (-pi, pi]. */
  ATAN2(Signature.FLOAT, 2),
  /** Hyperbolic sine. */
  SINH(Signature.FLOAT, 1),
  /** Hyperbolic cosine. */
  COSH(Signature.FLOAT, 1),
  /** Hyperbolic tangent. */
  TANH(Signature.FLOAT, 1),
  /** Inverse hyperbolic sine. */
  ASINH(Signature.FLOAT, 1),
  /** Inverse hyperbolic cosine. */
  ACOSH(Signature.FLOAT, 1),
  /** Inverse hyperbolic tangent. */
  ATANH(Signature.FLOAT, 1),
  /** 1 / (1 + exp(-a)). */
  SIGMOID(Signature.FLOAT, 1),
  /** Error function. */
  ERF(Signature.FLOAT, 1),
  /** 1 - erf(a). */
  ERFC(Signature.FLOAT, 1),
  /** Inverse of the error function. */
  ERFINV(Signature.FLOAT, 1),
  /** Logarithm of the absolute value of the gamma function. */
  LGAMMA(Signature.FLOAT, 1),
  /** Derivative of lgamma. */
  DIGAMMA(Signature.FLOAT, 1),
  /** Derivative of order a (a whole number) of digamma at b. */
  POLYGAMMA(Signature.FLOAT, 2),
  /** Modified Bessel function of the first kind, order 0. */
  I0(Signature.FLOAT, 1),
  /** exp(-|a|) i0(a). */
  I0E(Signature.FLOAT, 1),
  /** Modified Bessel function of the first kind, order 1. */
  I1(Signature.FLOAT, 1),
  /** exp(-|a|) i1(a). */
  I1E(Signature.FLOAT, 1);

  private final Signature signature;
  private final int arity;

  ScalarOp(Signature signature, int arity) {
    this.signature = signature;
    this.arity = arity;
  }

  /** Which types go in and come out. */
  public Signature signature() {
    return signature;
  }

  /** The number of arguments, 1 to 3. */
  public int arity() {
    return arity;
  }

  /** Which compute types an operation takes and gives. */
  public enum Signature {
    /** Any one type in, the same out. */
    SAME,
    /** F32 or F64 in, the same out. */
    FLOAT,
    /** I32 or I64 in, the same out. */
    INT,
    /** Any one type in, I32 out. */
    COMPARE,
    /** An I32 condition and two of any one type in, that type out. */
    WHERE,
    /** F32 to I32, F64 to I64. */
    TO_BITS,
    /** I32 to F32, I64 to F64. */
    FROM_BITS,
    /** Three I64 in, I32 out. */
    PHILOX
  }
}
