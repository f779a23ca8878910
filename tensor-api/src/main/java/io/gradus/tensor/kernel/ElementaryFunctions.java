package io.gradus.tensor.kernel;

/**
 * Elementary functions in double precision that {@link StrictMath} lacks or defines otherwise.
 *
 * <p>The inverse hyperbolic ones follow M. Abramowitz and I. A. Stegun, Handbook of Mathematical
 * Functions, 4.6.20 to 4.6.22, rearranged so that small arguments keep their digits.
 */
final class ElementaryFunctions {
  private static final double LOG2_E = 1.4426950408889634;
  private static final double LOG2_E_REST = 2.0355273740931033e-17;
  private static final double SQRT_HALF = 0.7071067811865476;
  private static final double LN_2 = 0.6931471805599453;

  private ElementaryFunctions() {}

  /** Exact for powers of two. */
  static double log2(double x) {
    if (!(x > 0) || x == Double.POSITIVE_INFINITY) {
      return StrictMath.log(x);
    }
    double scaled = x < Double.MIN_NORMAL ? x * 0x1p54 : x;
    int exponent = Math.getExponent(scaled);
    double fraction = Math.scalb(scaled, -exponent);
    if (fraction > 2 * SQRT_HALF) {
      fraction *= 0.5;
      exponent++;
    }
    double logarithm = StrictMath.log(fraction);
    double bits = Math.fma(logarithm, LOG2_E, logarithm * LOG2_E_REST);
    return bits + (exponent - (scaled == x ? 0 : 54));
  }

  /** As C has it: 1 to any power and -1 to an infinite one are 1, also for NaN. */
  static double pow(double a, double b) {
    return a == 1 || a == -1 && Double.isInfinite(b) ? 1 : StrictMath.pow(a, b);
  }

  static double asinh(double x) {
    double m = Math.abs(x);
    double y;
    if (m < 0x1p-28) {
      return x;
    } else if (m > 0x1p28) {
      y = StrictMath.log(m) + LN_2;
    } else {
      double square = m * m;
      y = StrictMath.log1p(m + square / (1 + Math.sqrt(1 + square)));
    }
    return Math.copySign(y, x);
  }

  static double acosh(double x) {
    if (x > 0x1p28) {
      return StrictMath.log(x) + LN_2;
    }
    double t = x - 1;
    return x < 1 ? Double.NaN : StrictMath.log1p(t + Math.sqrt(Math.fma(t, t, 2 * t)));
  }

  static double atanh(double x) {
    double m = Math.abs(x);
    return m < 0x1p-28 ? x : Math.copySign(0.5 * StrictMath.log1p(2 * m / (1 - m)), x);
  }

  /** Never overflows on the way: the exponential is taken of a negative number. */
  static double sigmoid(double x) {
    double e = StrictMath.exp(-Math.abs(x));
    return x < 0 ? e / (1 + e) : 1 / (1 + e);
  }
}
