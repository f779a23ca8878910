package io.gradus.linalg;

import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.decomposition.qr.QRDecompositionHouseholderColumn_DDRM;

/**
 * QR by reflections, signs and storage as LAPACK's {@code geqrf}.
 *
 * @param packed [m, n] row-major: r on and above the diagonal, the reflection vectors below it,
 *     whose first number 1 is not stored
 * @param tau the factor of each reflection {@code 1 - tau v vᵀ}
 */
record Householder(double[] packed, double[] tau, int m, int n) {
  static Householder of(double[] a, int m, int n) {
    int k = Math.min(m, n);
    double[] packed = a.clone();
    double[] tau = new double[k];
    if (k > 0) {
      QRDecompositionHouseholderColumn_DDRM library = new QRDecompositionHouseholderColumn_DDRM();
      library.decompose(DMatrixRMaj.wrap(m, n, a));
      double[][] columns = library.getQR();
      for (int i = 0; i < m; i++) {
        for (int j = 0; j < n; j++) {
          packed[i * n + j] = columns[j][i];
        }
      }
      System.arraycopy(library.getGammas(), 0, tau, 0, k);
    }
    Householder h = new Householder(packed, tau, m, n);
    for (int j = 0; j < k; j++) {
      if (tau[j] != 0 && h.nothingBelow(j)) {
        // LAPACK leaves a column alone that has nothing to be cancelled, where the library turns
        // it.
        tau[j] = 0;
        for (int c = j; c < n; c++) {
          packed[j * n + c] = -packed[j * n + c];
        }
      }
    }
    return h;
  }

  private boolean nothingBelow(int j) {
    for (int i = j + 1; i < m; i++) {
      if (packed[i * n + j] != 0) {
        return false;
      }
    }
    return true;
  }

  /** The first rows of the upper triangle: [rows, n]. */
  double[] r(int rows) {
    double[] r = new double[rows * n];
    for (int i = 0; i < Math.min(rows, m); i++) {
      for (int j = i; j < n; j++) {
        r[i * n + j] = packed[i * n + j];
      }
    }
    return r;
  }

  /** The first columns of the orthogonal factor: [m, columns]. */
  double[] q(int columns) {
    double[] q = new double[m * columns];
    for (int i = 0; i < Math.min(m, columns); i++) {
      q[i * columns + i] = 1;
    }
    double[] dot = new double[columns];
    for (int j = tau.length - 1; j >= 0; j--) {
      if (tau[j] != 0) {
        reflect(q, columns, j, dot);
      }
    }
    return q;
  }

  private void reflect(double[] q, int columns, int j, double[] dot) {
    System.arraycopy(q, j * columns, dot, 0, columns);
    for (int i = j + 1; i < m; i++) {
      double v = packed[i * n + j];
      for (int c = 0; c < columns; c++) {
        dot[c] += v * q[i * columns + c];
      }
    }
    for (int i = j; i < m; i++) {
      double f = tau[j] * (i == j ? 1 : packed[i * n + j]);
      for (int c = 0; c < columns; c++) {
        q[i * columns + c] -= f * dot[c];
      }
    }
  }
}
