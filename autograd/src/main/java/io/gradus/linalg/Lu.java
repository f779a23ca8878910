package io.gradus.linalg;

/** Gaussian elimination with partial pivoting; row-major (Golub and Van Loan, section 3.4). */
final class Lu {
  final double[] a;
  final int[] pivots;
  final int n;
  double sign = 1;

  /** The first zero pivot, counting from 1; 0 if there is none. */
  int singularAt;

  /** Factors the matrix in its own memory. */
  Lu(double[] a, int n) {
    this.a = a;
    this.n = n;
    this.pivots = new int[n];
    for (int k = 0; k < n; k++) {
      int p = k;
      for (int i = k + 1; i < n; i++) {
        if (Math.abs(a[i * n + k]) > Math.abs(a[p * n + k])) {
          p = i;
        }
      }
      pivots[k] = p;
      if (p != k) {
        sign = -sign;
        swapRows(a, n, k, p);
      }
      double pivot = a[k * n + k];
      if (pivot == 0) {
        singularAt = singularAt == 0 ? k + 1 : singularAt;
        continue;
      }
      for (int i = k + 1; i < n; i++) {
        double f = a[i * n + k] /= pivot;
        for (int j = k + 1; f != 0 && j < n; j++) {
          a[i * n + j] -= f * a[k * n + j];
        }
      }
    }
  }

  static void swapRows(double[] a, int width, int i, int j) {
    for (int k = 0; i != j && k < width; k++) {
      double x = a[i * width + k];
      a[i * width + k] = a[j * width + k];
      a[j * width + k] = x;
    }
  }

  /** Solves for the columns of {@code b} in its own memory. */
  void solve(double[] b, int width) {
    for (int k = 0; k < n; k++) {
      swapRows(b, width, k, pivots[k]);
    }
    triangular(a, n, b, width, false, true);
    triangular(a, n, b, width, true, false);
  }

  /** Solves with one triangle of {@code a}, in the memory of {@code b}. */
  static void triangular(double[] a, int n, double[] b, int width, boolean upper, boolean unit) {
    for (int s = 0; s < n; s++) {
      int i = upper ? n - 1 - s : s;
      int from = upper ? i + 1 : 0;
      int to = upper ? n : i;
      for (int j = 0; j < width; j++) {
        double x = b[i * width + j];
        for (int k = from; k < to; k++) {
          x -= a[i * n + k] * b[k * width + j];
        }
        b[i * width + j] = unit ? x : x / a[i * n + i];
      }
    }
  }

  double determinant() {
    double d = sign;
    for (int k = 0; k < n; k++) {
      d *= a[k * n + k];
    }
    return d;
  }
}
