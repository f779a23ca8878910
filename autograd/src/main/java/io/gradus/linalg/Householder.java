package io.gradus.linalg;

/** QR by Householder reflections (Golub and Van Loan, section 5.2), signs as LAPACK's. */
final class Householder {
  private Householder() {}

  /**
   * a = q r.
   *
   * @param a [m, n], becomes r in its upper triangle
   * @param q [m, k], the first k columns of the orthogonal factor
   */
  static void qr(double[] a, int m, int n, double[] q, int k) {
    int steps = Math.min(m, n);
    double[][] v = new double[steps][];
    double[] tau = new double[steps];
    for (int j = 0; j < steps; j++) {
      double norm = 0;
      for (int i = j + 1; i < m; i++) {
        norm = Math.hypot(norm, a[i * n + j]);
      }
      v[j] = new double[m];
      v[j][j] = 1;
      if (norm == 0) {
        continue;
      }
      double alpha = a[j * n + j];
      double beta = -Math.copySign(Math.hypot(alpha, norm), alpha);
      tau[j] = (beta - alpha) / beta;
      for (int i = j + 1; i < m; i++) {
        v[j][i] = a[i * n + j] / (alpha - beta);
      }
      reflect(a, m, n, v[j], tau[j], j, j);
      for (int i = j + 1; i < m; i++) {
        a[i * n + j] = 0;
      }
    }
    for (int i = 0; i < Math.min(m, k); i++) {
      q[i * k + i] = 1;
    }
    for (int j = steps - 1; j >= 0; j--) {
      reflect(q, m, k, v[j], tau[j], j, 0);
    }
  }

  private static void reflect(
      double[] a, int m, int n, double[] v, double tau, int row, int column) {
    for (int c = column; tau != 0 && c < n; c++) {
      double dot = 0;
      for (int i = row; i < m; i++) {
        dot += v[i] * a[i * n + c];
      }
      for (int i = row; i < m; i++) {
        a[i * n + c] -= tau * dot * v[i];
      }
    }
  }
}
