package io.gradus.tensor.kernel;

/**
 * Modified Bessel functions of the first kind, orders 0 and 1, in double precision.
 *
 * <p>The power series (M. Abramowitz and I. A. Stegun, Handbook of Mathematical Functions, 9.6.10)
 * up to 8, where all its terms are positive; beyond, Chebyshev series of sqrt(x) exp(-x) I(x) in
 * 1/x.
 */
final class BesselFunctions {
  static final double[] LARGE_0 = {
    0.4022452055070544,
    0.0033691164782556943,
    6.889758346916823e-05,
    2.8913705208347617e-06,
    2.048918589469013e-07,
    2.2666689904986816e-08,
    3.396232025703388e-09,
    4.940602388274535e-10,
    1.188914710293821e-11,
    -3.1499165274778753e-11,
    -1.3215811845240624e-11,
    -1.7941785267807558e-12,
    7.180124404851986e-13,
    3.852778428485701e-13,
    1.5400857685499767e-14,
    -4.1505689073520856e-14,
    -9.554851002210395e-15,
    3.811684871281425e-15,
    1.7725560379357311e-15,
    -3.4254457887354573e-16,
    -2.827662640433647e-16,
    3.4615972639589726e-17,
    4.4652597040557625e-17,
    -4.827018733265973e-18,
    -7.236530388756343e-18,
  };
  static final double[] LARGE_1 = {
    0.38928811750914005,
    -0.009761097491361469,
    -0.00011058893876262371,
    -3.8825648088776965e-06,
    -2.5122362378701437e-07,
    -2.6314688468901668e-08,
    -3.835380385957811e-09,
    -5.589743462260311e-10,
    -1.8974958117194858e-11,
    3.2526035823914485e-11,
    1.412580744277607e-11,
    2.035628538070763e-12,
    -7.198551716419701e-13,
    -4.0835511699051095e-13,
    -2.101541265525978e-14,
    4.2724394510833144e-14,
    1.0420282517026593e-14,
    -3.81440847489538e-15,
    -1.8803495103764436e-15,
    3.308151099914049e-16,
    2.9626787030556416e-16,
    -3.210007286698237e-17,
    -4.6498403066031355e-17,
    4.409866658905879e-18,
    7.52160330910816e-18,
  };

  private static final double LIMIT = 8;

  private BesselFunctions() {}

  static double i0(double x) {
    double m = Math.abs(x);
    return m <= LIMIT ? series(m, 0) : grown(m, LARGE_0);
  }

  static double i0e(double x) {
    double m = Math.abs(x);
    return m <= LIMIT ? series(m, 0) * StrictMath.exp(-m) : scaled(m, LARGE_0);
  }

  static double i1(double x) {
    double m = Math.abs(x);
    return Math.copySign(m <= LIMIT ? series(m, 1) : grown(m, LARGE_1), x);
  }

  static double i1e(double x) {
    double m = Math.abs(x);
    return Math.copySign(m <= LIMIT ? series(m, 1) * StrictMath.exp(-m) : scaled(m, LARGE_1), x);
  }

  private static double series(double m, int order) {
    double quarter = m * m / 4;
    double term = order == 0 ? 1 : m / 2;
    double sum = term;
    for (int k = 1; term > sum * 0x1p-56; k++) {
      term *= quarter / (k * (double) (k + order));
      sum += term;
    }
    return sum;
  }

  private static double scaled(double m, double[] large) {
    return m == Double.POSITIVE_INFINITY
        ? 0
        : Polynomials.chebyshev(large, 2 * LIMIT / m - 1) / Math.sqrt(m);
  }

  private static double grown(double m, double[] large) {
    // In two factors: exp overflows before the function does. NaN at infinity is PyTorch's answer.
    double half = StrictMath.exp(m / 2);
    return half * scaled(m, large) * half;
  }
}
