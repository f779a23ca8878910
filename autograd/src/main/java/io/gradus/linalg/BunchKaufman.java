package io.gradus.linalg;

/**
 * {@code a = l d lᵀ} of a symmetric matrix with exchanges, d of blocks of size 1 and 2: LAPACK's
 * {@code sytf2} for the lower triangle (Bunch and Kaufman, 1977). EJML has no such factors.
 *
 * @param factors [n, n] row-major, lower triangle
 * @param pivots counting from 1; a block of size 2 has the same negative number twice
 * @param singularAt the first zero block, counting from 1; 0 if there is none
 */
record BunchKaufman(double[] factors, int[] pivots, int n, int singularAt) {
  private static final double ALPHA = (1 + Math.sqrt(17)) / 8;

  /** Factors the matrix in its own memory, of which the lower triangle is read. */
  static BunchKaufman of(double[] a, int n) {
    int[] pivots = new int[n];
    int singularAt = 0;
    int step;
    for (int k = 0; k < n; k += step) {
      step = 1;
      int swap = k;
      double diagonal = Math.abs(a[k * n + k]);
      int largest = largestBelow(a, n, k);
      double below = largest < 0 ? 0 : Math.abs(a[largest * n + k]);
      if (!(Math.max(diagonal, below) > 0)) {
        singularAt = singularAt == 0 ? k + 1 : singularAt;
      } else {
        if (diagonal < ALPHA * below) {
          double row = largestInRow(a, n, k, largest);
          if (diagonal >= ALPHA * below * (below / row)) {
            swap = k;
          } else if (Math.abs(a[largest * n + largest]) >= ALPHA * row) {
            swap = largest;
          } else {
            swap = largest;
            step = 2;
          }
        }
        exchange(a, n, k, k + step - 1, swap, step);
        if (step == 1) {
          eliminate(a, n, k);
        } else {
          eliminatePair(a, n, k);
        }
      }
      pivots[k] = step == 1 ? swap + 1 : -(swap + 1);
      if (step == 2) {
        pivots[k + 1] = pivots[k];
      }
    }
    for (int i = 0; i < n; i++) {
      for (int j = i + 1; j < n; j++) {
        a[i * n + j] = 0;
      }
    }
    return new BunchKaufman(a, pivots, n, singularAt);
  }

  private static int largestBelow(double[] a, int n, int k) {
    int at = k + 1 < n ? k + 1 : -1;
    for (int i = k + 2; i < n; i++) {
      at = Math.abs(a[i * n + k]) > Math.abs(a[at * n + k]) ? i : at;
    }
    return at;
  }

  private static double largestInRow(double[] a, int n, int k, int row) {
    double most = 0;
    for (int j = k; j < row; j++) {
      most = Math.max(most, Math.abs(a[row * n + j]));
    }
    for (int i = row + 1; i < n; i++) {
      most = Math.max(most, Math.abs(a[i * n + row]));
    }
    return most;
  }

  /** Exchanges rows and columns {@code at} and {@code with} of the trailing lower triangle. */
  private static void exchange(double[] a, int n, int k, int at, int with, int step) {
    if (at == with) {
      return;
    }
    for (int i = with + 1; i < n; i++) {
      swap(a, i * n + at, i * n + with);
    }
    for (int j = at + 1; j < with; j++) {
      swap(a, j * n + at, with * n + j);
    }
    swap(a, at * n + at, with * n + with);
    if (step == 2) {
      swap(a, at * n + k, with * n + k);
    }
  }

  private static void swap(double[] a, int i, int j) {
    double x = a[i];
    a[i] = a[j];
    a[j] = x;
  }

  private static void eliminate(double[] a, int n, int k) {
    double d = 1 / a[k * n + k];
    for (int j = k + 1; j < n; j++) {
      double f = -d * a[j * n + k];
      for (int i = j; i < n; i++) {
        a[i * n + j] += f * a[i * n + k];
      }
    }
    for (int i = k + 1; i < n; i++) {
      a[i * n + k] *= d;
    }
  }

  private static void eliminatePair(double[] a, int n, int k) {
    double d21 = a[(k + 1) * n + k];
    double d11 = a[(k + 1) * n + k + 1] / d21;
    double d22 = a[k * n + k] / d21;
    double t = 1 / (d11 * d22 - 1) / d21;
    for (int j = k + 2; j < n; j++) {
      double w1 = t * (d11 * a[j * n + k] - a[j * n + k + 1]);
      double w2 = t * (d22 * a[j * n + k + 1] - a[j * n + k]);
      for (int i = j; i < n; i++) {
        a[i * n + j] -= a[i * n + k] * w1 + a[i * n + k + 1] * w2;
      }
      a[j * n + k] = w1;
      a[j * n + k + 1] = w2;
    }
  }

  /** Solves for the columns of {@code b} in its own memory (LAPACK's {@code sytrs}). */
  void solve(double[] b, int width) {
    for (int k = 0; k < n; k++) {
      boolean pair = pivots[k] < 0;
      int last = pair ? k + 1 : k;
      Lu.swapRows(b, width, last, Math.abs(pivots[k]) - 1);
      for (int c = k; c <= last; c++) {
        for (int i = last + 1; i < n; i++) {
          add(b, width, i, c, -factors[i * n + c]);
        }
      }
      divide(b, width, k, pair);
      k = last;
    }
    for (int k = n - 1; k >= 0; k--) {
      boolean pair = pivots[k] < 0;
      int first = pair ? k - 1 : k;
      for (int c = first; c <= k; c++) {
        for (int i = k + 1; i < n; i++) {
          add(b, width, c, i, -factors[i * n + c]);
        }
      }
      Lu.swapRows(b, width, k, Math.abs(pivots[k]) - 1);
      k = first;
    }
  }

  private static void add(double[] b, int width, int to, int from, double f) {
    for (int j = 0; j < width; j++) {
      b[to * width + j] += f * b[from * width + j];
    }
  }

  private void divide(double[] b, int width, int k, boolean pair) {
    double d11 = factors[k * n + k];
    if (!pair) {
      for (int j = 0; j < width; j++) {
        b[k * width + j] /= d11;
      }
      return;
    }
    double d21 = factors[(k + 1) * n + k];
    double d22 = factors[(k + 1) * n + k + 1];
    double p = d11 / d21;
    double q = d22 / d21;
    double scale = p * q - 1;
    for (int j = 0; j < width; j++) {
      double x = b[k * width + j] / d21;
      double y = b[(k + 1) * width + j] / d21;
      b[k * width + j] = (q * x - y) / scale;
      b[(k + 1) * width + j] = (p * y - x) / scale;
    }
  }
}
