package io.gradus.tensor.kernel;

/**
 * Coefficients of the special functions, for devices that evaluate them by other means than {@link
 * ScalarMeaning}; lowest order first.
 */
public enum Series {
  /** erf(x) / x in powers of x². */
  ERF(ErrorFunctions.SERIES),
  /** (1 + 2x) exp(x²) erfc(x) in powers of (x - 3.75) / (x + 3.75). */
  ERFC_TAIL(ErrorFunctions.SCALED_TAIL),
  /** A first guess of erfinv(x) / x in powers of w - 2.5, w = -log(1 - x²). */
  ERFINV_CENTRE(ErrorFunctions.GUESS_CENTRE),
  /** A first guess of erfinv(x) / x in powers of sqrt(w) - 3. */
  ERFINV_TAIL(ErrorFunctions.GUESS_TAIL),
  /** lgamma(2 + z) / z in powers of z. */
  LGAMMA_AT_TWO(GammaFunctions.AT_TWO),
  /** Stirling's series of lgamma in powers of 1/x². */
  STIRLING(GammaFunctions.STIRLING),
  /** The asymptotic series of digamma in powers of 1/x². */
  DIGAMMA(GammaFunctions.DIGAMMA_SERIES),
  /** The Euler-Maclaurin sum of the Hurwitz zeta function. */
  EULER_MACLAURIN(GammaFunctions.EULER_MACLAURIN),
  /** Chebyshev coefficients of sqrt(x) i0e(x) in 16/x - 1, for x above 8. */
  BESSEL_0(BesselFunctions.LARGE_0),
  /** Chebyshev coefficients of sqrt(x) i1e(x) in 16/x - 1, for x above 8. */
  BESSEL_1(BesselFunctions.LARGE_1);

  @SuppressWarnings("ImmutableEnumChecker") // nobody has the array
  private final double[] coefficients;

  Series(double[] coefficients) {
    this.coefficients = coefficients;
  }

  /** A copy of the coefficients. */
  public double[] coefficients() {
    return coefficients.clone();
  }
}
