package io.gradus.linalg;

import java.util.Arrays;

/** Eigenvalues and singular values by Jacobi rotations (Golub and Van Loan, sections 8.5, 8.6). */
final class Spectrum {
  private static final int SWEEPS = 60;

  private Spectrum() {}

  /**
   * A symmetric matrix: values ascending, vectors as columns.
   *
   * @param a overwritten
   */
  static void eigen(double[] a, int n, double[] values, double[] vectors) {
    double[] v = new double[n * n];
    for (int i = 0; i < n; i++) {
      v[i * n + i] = 1;
    }
    for (int sweep = 0; sweep < SWEEPS && offDiagonal(a, n) > 0; sweep++) {
      for (int p = 0; p < n; p++) {
        for (int q = p + 1; q < n; q++) {
          rotate(a, v, n, p, q);
        }
      }
    }
    Integer[] order = new Integer[n];
    Arrays.setAll(order, i -> i);
    Arrays.sort(order, (i, j) -> Double.compare(a[i * n + i], a[j * n + j]));
    for (int k = 0; k < n; k++) {
      values[k] = a[order[k] * n + order[k]];
      for (int i = 0; i < n; i++) {
        vectors[i * n + k] = v[i * n + order[k]];
      }
    }
  }

  private static double offDiagonal(double[] a, int n) {
    double off = 0;
    double on = 0;
    for (int i = 0; i < n; i++) {
      for (int j = 0; j < n; j++) {
        double x = a[i * n + j] * a[i * n + j];
        off += i == j ? 0 : x;
        on += i == j ? x : 0;
      }
    }
    return off <= 1e-34 * on ? 0 : off;
  }

  private static void rotate(double[] a, double[] v, int n, int p, int q) {
    double apq = a[p * n + q];
    if (apq == 0) {
      return;
    }
    double theta = (a[q * n + q] - a[p * n + p]) / (2 * apq);
    double t = Math.copySign(1, theta) / (Math.abs(theta) + Math.hypot(1, theta));
    double c = 1 / Math.hypot(1, t);
    double s = t * c;
    for (int k = 0; k < n; k++) {
      double x = a[k * n + p];
      double y = a[k * n + q];
      a[k * n + p] = c * x - s * y;
      a[k * n + q] = s * x + c * y;
    }
    for (int k = 0; k < n; k++) {
      double x = a[p * n + k];
      double y = a[q * n + k];
      a[p * n + k] = c * x - s * y;
      a[q * n + k] = s * x + c * y;
      double vx = v[k * n + p];
      double vy = v[k * n + q];
      v[k * n + p] = c * vx - s * vy;
      v[k * n + q] = s * vx + c * vy;
    }
  }

  /**
   * A matrix with at least as many rows as columns: {@code a = u diag(s) vᵀ}, values descending.
   *
   * @param a [m, n], becomes u
   * @param v [n, n], columns are the right singular vectors
   */
  static void singular(double[] a, int m, int n, double[] s, double[] v) {
    for (int i = 0; i < n; i++) {
      v[i * n + i] = 1;
    }
    boolean rotated = true;
    for (int sweep = 0; sweep < SWEEPS && rotated; sweep++) {
      rotated = false;
      for (int p = 0; p < n; p++) {
        for (int q = p + 1; q < n; q++) {
          rotated |= orthogonalize(a, v, m, n, p, q);
        }
      }
    }
    double[] u = a.clone();
    double[] w = v.clone();
    double[] length = new double[n];
    Integer[] order = new Integer[n];
    for (int j = 0; j < n; j++) {
      order[j] = j;
      for (int i = 0; i < m; i++) {
        length[j] = Math.hypot(length[j], a[i * n + j]);
      }
    }
    Arrays.sort(order, (i, j) -> Double.compare(length[j], length[i]));
    for (int k = 0; k < n; k++) {
      int j = order[k];
      s[k] = length[j];
      for (int i = 0; i < m; i++) {
        a[i * n + k] = length[j] > 0 ? u[i * n + j] / length[j] : 0;
      }
      for (int i = 0; i < n; i++) {
        v[i * n + k] = w[i * n + j];
      }
    }
    complete(a, m, n, s);
  }

  private static boolean orthogonalize(double[] a, double[] v, int m, int n, int p, int q) {
    double alpha = 0;
    double beta = 0;
    double gamma = 0;
    for (int i = 0; i < m; i++) {
      double x = a[i * n + p];
      double y = a[i * n + q];
      alpha += x * x;
      beta += y * y;
      gamma += x * y;
    }
    if (gamma == 0 || Math.abs(gamma) <= 1e-17 * Math.sqrt(alpha * beta)) {
      return false;
    }
    double zeta = (beta - alpha) / (2 * gamma);
    double t = Math.copySign(1, zeta) / (Math.abs(zeta) + Math.hypot(1, zeta));
    double c = 1 / Math.hypot(1, t);
    double s = c * t;
    turn(a, m, n, p, q, c, s);
    turn(v, n, n, p, q, c, s);
    return true;
  }

  private static void turn(double[] a, int rows, int n, int p, int q, double c, double s) {
    for (int i = 0; i < rows; i++) {
      double x = a[i * n + p];
      double y = a[i * n + q];
      a[i * n + p] = c * x - s * y;
      a[i * n + q] = s * x + c * y;
    }
  }

  /** Columns of zero singular values become any that make u orthonormal. */
  private static void complete(double[] u, int m, int n, double[] s) {
    double least = n == 0 ? 0 : s[0] * 1e-15 * Math.max(m, n);
    for (int k = 0; k < n; k++) {
      if (s[k] > least) {
        continue;
      }
      for (int e = 0; e < m; e++) {
        double[] x = new double[m];
        x[e] = 1;
        for (int pass = 0; pass < 2; pass++) {
          for (int j = 0; j < k; j++) {
            double dot = 0;
            for (int i = 0; i < m; i++) {
              dot += x[i] * u[i * n + j];
            }
            for (int i = 0; i < m; i++) {
              x[i] -= dot * u[i * n + j];
            }
          }
        }
        double length = 0;
        for (double d : x) {
          length = Math.hypot(length, d);
        }
        if (length > 0.5 / Math.sqrt(m)) {
          for (int i = 0; i < m; i++) {
            u[i * n + k] = x[i] / length;
          }
          break;
        }
      }
    }
  }
}
