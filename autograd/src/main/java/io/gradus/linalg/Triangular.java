package io.gradus.linalg;

/** Solutions with one triangle of a matrix; row-major. */
final class Triangular {
  private Triangular() {}

  /**
   * Solves {@code a x = b} in the memory of {@code b}, of which each row has {@code width} numbers.
   *
   * @param a [n, n], of which only one triangle is read
   * @param unit takes the diagonal for ones without reading it
   */
  static void solve(double[] a, int n, double[] b, int width, boolean upper, boolean unit) {
    for (int s = 0; s < n; s++) {
      int i = upper ? n - 1 - s : s;
      for (int k = upper ? i + 1 : 0; k < (upper ? n : i); k++) {
        double f = a[i * n + k];
        for (int j = 0; j < width; j++) {
          b[i * width + j] -= f * b[k * width + j];
        }
      }
      double pivot = a[i * n + i];
      for (int j = 0; !unit && j < width; j++) {
        b[i * width + j] /= pivot;
      }
    }
  }
}
