package io.gradus.tensor.kernel;

/** Evaluation of polynomials in double precision. */
final class Polynomials {
  private Polynomials() {}

  /** The sum of {@code c[k] x^k}. */
  static double horner(double[] c, double x) {
    double sum = c[c.length - 1];
    for (int k = c.length - 2; k >= 0; k--) {
      sum = Math.fma(sum, x, c[k]);
    }
    return sum;
  }

  /** The sum of {@code c[k] T_k(x)} by Clenshaw's recurrence. */
  static double chebyshev(double[] c, double x) {
    double b1 = 0;
    double b2 = 0;
    for (int k = c.length - 1; k > 0; k--) {
      double b0 = Math.fma(2 * x, b1, c[k] - b2);
      b2 = b1;
      b1 = b0;
    }
    return Math.fma(x, b1, c[0] - b2);
  }
}
