package io.gradus.tensor.kernel;

/** Logarithm of the gamma function and its derivatives in double precision. */
final class GammaFunctions {
  /**
   * lgamma(2 + z) = z P(z): 1 - γ, then (-1)^k (ζ(k) - 1) / k (M. Abramowitz and I. A. Stegun,
   * Handbook of Mathematical Functions, 6.1.33).
   */
  static final double[] AT_TWO = {
    0.42278433509846713,
    0.3224670334241132,
    -0.0673523010531981,
    0.020580808427784546,
    -0.007385551028673986,
    0.0028905103307415234,
    -0.001192753911703261,
    0.0005096695247430425,
    -0.00022315475845357939,
    9.945751278180853e-05,
    -4.492623673813314e-05,
    2.050721277567069e-05,
    -9.439488275268397e-06,
    4.374866789907488e-06,
    -2.039215753801366e-06,
    9.55141213040742e-07,
    -4.492469198764566e-07,
    2.1207184805554665e-07,
    -1.0043224823968099e-07,
    4.7698101693639804e-08,
    -2.2711094608943164e-08,
    1.0838659214896955e-08,
    -5.183475041970047e-09,
    2.4836745438024785e-09,
    -1.1921401405860912e-09,
    5.731367241678862e-10,
    -2.7595228851242334e-10,
    1.330476437424449e-10,
    -6.4229645638381e-11,
  };

  /** B(2k) / (2k (2k - 1)) of Stirling's series (6.1.41). */
  static final double[] STIRLING = {
    0.08333333333333333,
    -0.002777777777777778,
    0.0007936507936507937,
    -0.0005952380952380953,
    0.0008417508417508417,
    -0.0019175269175269176,
    0.00641025641025641,
    -0.029550653594771242,
    0.17964437236883057,
    -1.3924322169059011,
  };

  /** B(2k) / (2k) of the series of digamma (6.3.18). */
  static final double[] DIGAMMA_SERIES = {
    0.08333333333333333,
    -0.008333333333333333,
    0.003968253968253968,
    -0.004166666666666667,
    0.007575757575757576,
    -0.021092796092796094,
    0.08333333333333333,
    -0.4432598039215686,
    3.0539543302701198,
    -26.456212121212122,
  };

  /** B(2k) / (2k)! of the Euler-Maclaurin sum of the Hurwitz zeta function. */
  static final double[] EULER_MACLAURIN = {
    0.08333333333333333,
    -0.001388888888888889,
    3.306878306878307e-05,
    -8.267195767195768e-07,
    2.08767569878681e-08,
    -5.284190138687493e-10,
    1.3382536530684679e-11,
    -3.3896802963225827e-13,
    8.586062056277845e-15,
    -2.174868698558062e-16,
    5.5090028283602295e-18,
    -1.3954464685812522e-19,
  };

  private static final double HALF_LOG_TWO_PI = 0.9189385332046728;

  private GammaFunctions() {}

  static double lgamma(double x) {
    if (Double.isNaN(x) || Double.isInfinite(x)) {
      return Math.abs(x);
    }
    if (x <= 0) {
      if (x == Math.rint(x)) {
        return Double.POSITIVE_INFINITY;
      }
      if (x > -1e-10) {
        return -StrictMath.log(-x);
      }
      return StrictMath.log(Math.PI / Math.abs(x * sinPi(x))) - lgamma(-x);
    }
    if (x < 0.5) {
      return centre(x) - StrictMath.log1p(x) - StrictMath.log(x);
    }
    if (x < 1.5) {
      return centre(x - 1) - StrictMath.log1p(x - 1);
    }
    if (x < 10) {
      double product = 1;
      double rest = x;
      while (rest > 2.5) {
        rest -= 1;
        product *= rest;
      }
      return centre(rest - 2) + StrictMath.log(product);
    }
    double logarithm = StrictMath.log(x);
    if (x > 1e17) {
      return x * (logarithm - 1);
    }
    double inverse = 1 / x;
    return (x - 0.5) * (logarithm - 1)
        - 0.5
        + HALF_LOG_TWO_PI
        + inverse * Polynomials.horner(STIRLING, inverse * inverse);
  }

  private static double centre(double z) {
    return z * Polynomials.horner(AT_TWO, z);
  }

  /** sin(πx), without loss for large arguments. */
  private static double sinPi(double x) {
    double r = x - 2 * Math.rint(x / 2);
    if (Math.abs(r) > 0.5) {
      r = Math.copySign(1, r) - r;
    }
    return StrictMath.sin(Math.PI * r);
  }

  static double digamma(double x) {
    if (x == 0) {
      return -Math.copySign(Double.POSITIVE_INFINITY, x);
    }
    if (x < 0) {
      double fraction = x - Math.rint(x);
      if (fraction == 0 || Double.isInfinite(x)) {
        return Double.NaN;
      }
      return digamma(1 - x) - Math.PI / StrictMath.tan(Math.PI * fraction);
    }
    double sum = 0;
    double at = x;
    while (at < 10) {
      sum -= 1 / at;
      at += 1;
    }
    double inverse = 1 / at;
    double square = inverse * inverse;
    return sum
        + StrictMath.log(at)
        - 0.5 * inverse
        - square * Polynomials.horner(DIGAMMA_SERIES, square);
  }

  /** (-1)^(n+1) n! ζ(n + 1, x); NaN unless n is a whole number of at least 0. */
  static double polygamma(double n, double x) {
    if (!(n >= 0) || n != Math.rint(n)) {
      return Double.NaN;
    }
    if (n == 0) {
      return digamma(x);
    }
    if (n == 1 && x < 0.5) {
      // Reflection (6.4.7); the sum below would need a term for each whole number up to |x|.
      double fraction = x - Math.rint(x);
      double s = fraction == 0 ? 0 : Math.PI / StrictMath.sin(Math.PI * fraction);
      return fraction == 0 ? Double.POSITIVE_INFINITY : s * s - polygamma(1, 1 - x);
    }
    if (n > 1 && Double.isInfinite(x)) {
      // PyTorch's answers: a pole on the left, no limit on the right.
      return x > 0 ? Double.NaN : n % 2 == 1 ? Double.POSITIVE_INFINITY : Double.NEGATIVE_INFINITY;
    }
    double factorial = n < 19 ? smallFactorial((int) n) : StrictMath.exp(lgamma(n + 1));
    return (n % 2 == 1 ? 1 : -1) * factorial * zeta(n + 1, x);
  }

  private static double smallFactorial(int n) {
    double f = 1;
    for (int k = 2; k <= n; k++) {
      f *= k;
    }
    return f;
  }

  /** The Hurwitz zeta function for a whole s of at least 2 (DLMF 25.11.5). */
  private static double zeta(double s, double q) {
    if (q <= 0 && q == Math.rint(q)) {
      return q == Double.NEGATIVE_INFINITY ? Double.NaN : Double.POSITIVE_INFINITY;
    }
    if (Double.isInfinite(q) || Double.isNaN(q)) {
      return q > 0 ? 0 : q;
    }
    if (q < -1e6) {
      return Double.NaN;
    }
    double sum = 0;
    double at = q;
    while (at < 12 + Math.min(s, 60)) {
      sum += StrictMath.pow(at, -s);
      at += 1;
    }
    double power = StrictMath.pow(at, -s);
    sum += at * power / (s - 1) + 0.5 * power;
    double rising = s;
    double step = power / at;
    for (int k = 0; k < EULER_MACLAURIN.length; k++) {
      sum += EULER_MACLAURIN[k] * rising * step;
      rising *= (s + 2 * k + 1) * (s + 2 * k + 2);
      step /= at * at;
    }
    return sum;
  }
}
