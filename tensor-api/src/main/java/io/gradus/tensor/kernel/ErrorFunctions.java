package io.gradus.tensor.kernel;

/** The error function, its complement and its inverse in double precision. */
final class ErrorFunctions {
  /** Coefficients of the Taylor series of erf(x) / x in powers of x². */
  static final double[] SERIES = {
    1.1283791670955126,
    -0.37612638903183754,
    0.11283791670955126,
    -0.026866170645131252,
    0.005223977625442188,
    -0.0008548327023450853,
    0.00012055332981789664,
    -1.492565035840625e-05,
    1.6462114365889248e-06,
    -1.6365844691234924e-07,
    1.4807192815879218e-08,
    -1.2290555301717928e-09,
    9.422759064650411e-11,
    -6.7113668551641105e-12,
    4.4632242632864775e-13,
    -2.7835162072109215e-14,
    1.6342614095367152e-15,
    -9.063970842808673e-17,
  };

  /**
   * (1 + 2x) exp(x²) erfc(x) in powers of t = (x - 3.75) / (x + 3.75), which maps x >= 0 to [-1,
   * 1); the form is that of M. M. Shepherd and J. G. Laframboise, Math. Comp. 36 (1981).
   */
  static final double[] SCALED_TAIL = {
    1.2375126308378275,
    -0.14024059858554702,
    0.00358541548546369,
    0.08227673849015102,
    -0.10880393014170746,
    0.09230432116019834,
    -0.05869339859054762,
    0.0283622774215156,
    -0.009746579547619623,
    0.0017556258324217529,
    0.00029371359480570737,
    -0.00029015397928986765,
    5.164940777546399e-05,
    2.2383912036550678e-05,
    -1.1445049125831309e-05,
    -9.72849582211122e-07,
    1.7534434251106334e-06,
    -5.826281078800777e-08,
    -2.6114702359900956e-07,
    2.4289762925488704e-08,
    4.0971223152703e-08,
    -4.389284159986327e-09,
    -6.545560212480263e-09,
    5.45715730470468e-10,
    9.022149700340573e-10,
    -3.753158277959607e-11,
    -7.339505008529513e-11,
  };

  private static final double TWO_OVER_SQRT_PI = 1.1283791670955126;

  private ErrorFunctions() {}

  static double erf(double x) {
    double m = Math.abs(x);
    if (m < 1) {
      return x * Polynomials.horner(SERIES, x * x);
    }
    return m >= 6 ? Math.signum(x) : Math.copySign(1 - tail(m), x);
  }

  static double erfc(double x) {
    if (Double.isNaN(x)) {
      return x;
    }
    if (x < 0.5) {
      return x < -6 ? 2 : 1 - erf(x);
    }
    return tail(x);
  }

  /** erfc of a positive number. */
  private static double tail(double x) {
    if (x > 28) {
      return 0;
    }
    double t = (x - 3.75) / (x + 3.75);
    double square = x * x;
    double rest = Math.fma(x, x, -square);
    double e = StrictMath.exp(-square);
    return Math.fma(-rest, e, e) * (Polynomials.horner(SCALED_TAIL, t) / Math.fma(2, x, 1));
  }

  /**
   * The inverse: a first guess from M. Giles, "Approximating the erfinv function", GPU Computing
   * Gems 2 (2011), then Halley's method on erf, or on erfc where erf is flat.
   */
  static double erfinv(double x) {
    double m = Math.abs(x);
    if (!(m < 1)) {
      return m == 1 ? x * Double.POSITIVE_INFINITY : Double.NaN;
    }
    if (m < 1e-8) {
      return x / TWO_OVER_SQRT_PI;
    }
    double y = guess(m);
    for (int step = 0; step < 3; step++) {
      double error = m < 0.5 ? erf(y) - m : (1 - m) - erfc(y);
      double u = error / (TWO_OVER_SQRT_PI * StrictMath.exp(-y * y));
      y -= u / (1 + y * u);
    }
    return Math.copySign(y, x);
  }

  private static double guess(double x) {
    double w = -StrictMath.log((1 - x) * (1 + x));
    if (w < 5) {
      return x * Polynomials.horner(GUESS_CENTRE, w - 2.5);
    }
    if (w < 25) {
      return x * Polynomials.horner(GUESS_TAIL, Math.sqrt(w) - 3);
    }
    // erfc(y) ~ exp(-y²) / (y sqrt(pi)), solved to first order.
    double s = -StrictMath.log((1 - x) * 1.772453850905516);
    return Math.sqrt(s - 0.5 * StrictMath.log(s));
  }

  static final double[] GUESS_CENTRE = {
    1.50140941,
    0.246640727,
    -0.00417768164,
    -0.00125372503,
    0.000218580870,
    -4.39150654e-06,
    -3.5233877e-06,
    3.43273939e-07,
    2.81022636e-08,
  };
  static final double[] GUESS_TAIL = {
    2.83297682,
    1.00167406,
    0.00943887047,
    -0.00762246130,
    0.00573950773,
    -0.00367342844,
    0.00134934322,
    0.000100950558,
    -0.000200214257,
  };
}
