package io.gradus.linalg;

import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.decomposition.lu.LUDecompositionAlt_DDRM;

/**
 * Gaussian elimination with exchanges of rows.
 *
 * @param factors [m, n] row-major: below the diagonal the left factor, the rest the right one
 * @param pivots the row exchanged at each step, from 0 (LAPACK's, which count from 1)
 * @param sign of the permutation
 * @param singularAt the first zero on the diagonal, counting from 1; 0 if there is none
 */
record Lu(double[] factors, int m, int n, int[] pivots, double sign, int singularAt) {
  /** Factors a copy of the matrix. */
  static Lu of(double[] a, int m, int n) {
    int k = Math.min(m, n);
    if (k == 0) {
      return new Lu(a, m, n, new int[0], 1, 0);
    }
    LUDecompositionAlt_DDRM library = new LUDecompositionAlt_DDRM();
    library.decompose(DMatrixRMaj.wrap(m, n, a));
    int[] chosen = library.getPivot();
    int[] order = new int[m];
    for (int i = 0; i < m; i++) {
      order[i] = i;
    }
    int[] pivots = new int[k];
    double sign = 1;
    for (int i = 0; i < k; i++) {
      int p = i;
      while (order[p] != chosen[i]) {
        p++;
      }
      pivots[i] = p;
      order[p] = order[i];
      sign = p == i ? sign : -sign;
    }
    double[] factors = library.getLU().data;
    int singularAt = 0;
    for (int i = k - 1; i >= 0; i--) {
      singularAt = factors[i * n + i] == 0 ? i + 1 : singularAt;
    }
    return new Lu(factors, m, n, pivots, sign, singularAt);
  }

  /** Solves for the columns of {@code b} in its own memory; the matrix is square. */
  void solve(double[] b, int width) {
    for (int i = 0; i < n; i++) {
      swapRows(b, width, i, pivots[i]);
    }
    Triangular.solve(factors, n, b, width, false, true);
    Triangular.solve(factors, n, b, width, true, false);
  }

  static void swapRows(double[] a, int width, int i, int j) {
    for (int k = 0; i != j && k < width; k++) {
      double x = a[i * width + k];
      a[i * width + k] = a[j * width + k];
      a[j * width + k] = x;
    }
  }

  double determinant() {
    double d = sign;
    for (int i = 0; i < n; i++) {
      d *= factors[i * n + i];
    }
    return d;
  }
}
