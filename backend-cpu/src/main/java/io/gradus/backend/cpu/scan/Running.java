package io.gradus.backend.cpu.scan;

import io.gradus.tensor.dtype.ComputeType;
import io.gradus.tensor.kernel.ScanOp;

/**
 * Replaces a line by its running results.
 *
 * <p>f32 sums and products run in f64 and are rounded where they are stored.
 */
final class Running {
  private Running() {}

  static void scan(ScanOp op, ComputeType type, Object line, int n, long[] positions) {
    switch (type) {
      case F32 -> scan(op, (float[]) line, n, positions);
      case F64 -> scan(op, (double[]) line, n, positions);
      case I32 -> scan(op, (int[]) line, n, positions);
      case I64 -> scan(op, (long[]) line, n, positions);
    }
  }

  private static void scan(ScanOp op, float[] a, int n, long[] positions) {
    switch (op) {
      case SUM -> {
        double s = 0;
        for (int i = 0; i < n; i++) {
          s += a[i];
          a[i] = (float) s;
        }
      }
      case PROD -> {
        double s = 1;
        for (int i = 0; i < n; i++) {
          s *= a[i];
          a[i] = (float) s;
        }
      }
      case MAX, MIN -> {
        float best = a[0];
        int at = 0;
        for (int i = 0; i < n; i++) {
          float x = a[i];
          if (Float.isNaN(x) || !Float.isNaN(best) && (op == ScanOp.MAX ? x >= best : x <= best)) {
            best = x;
            at = i;
          }
          a[i] = best;
          if (positions.length > 0) {
            positions[i] = at;
          }
        }
      }
      case LOGSUMEXP -> {
        double s = Double.NEGATIVE_INFINITY;
        for (int i = 0; i < n; i++) {
          s = logAddExp(s, a[i]);
          a[i] = (float) s;
        }
      }
    }
  }

  private static void scan(ScanOp op, double[] a, int n, long[] positions) {
    switch (op) {
      case SUM -> {
        for (int i = 1; i < n; i++) {
          a[i] += a[i - 1];
        }
      }
      case PROD -> {
        for (int i = 1; i < n; i++) {
          a[i] *= a[i - 1];
        }
      }
      case MAX, MIN -> {
        double best = a[0];
        int at = 0;
        for (int i = 0; i < n; i++) {
          double x = a[i];
          if (Double.isNaN(x)
              || !Double.isNaN(best) && (op == ScanOp.MAX ? x >= best : x <= best)) {
            best = x;
            at = i;
          }
          a[i] = best;
          if (positions.length > 0) {
            positions[i] = at;
          }
        }
      }
      case LOGSUMEXP -> {
        for (int i = 1; i < n; i++) {
          a[i] = logAddExp(a[i - 1], a[i]);
        }
      }
    }
  }

  private static double logAddExp(double a, double b) {
    double high = Math.max(a, b);
    double low = Math.min(a, b);
    return Double.isInfinite(high) ? high : high + Math.log1p(Math.exp(low - high));
  }

  private static void scan(ScanOp op, int[] a, int n, long[] positions) {
    switch (op) {
      case SUM -> {
        for (int i = 1; i < n; i++) {
          a[i] += a[i - 1];
        }
      }
      case PROD -> {
        for (int i = 1; i < n; i++) {
          a[i] *= a[i - 1];
        }
      }
      case MAX, MIN -> {
        int best = a[0];
        int at = 0;
        for (int i = 0; i < n; i++) {
          if (op == ScanOp.MAX ? a[i] >= best : a[i] <= best) {
            best = a[i];
            at = i;
          }
          a[i] = best;
          if (positions.length > 0) {
            positions[i] = at;
          }
        }
      }
      case LOGSUMEXP -> throw floatingOnly();
    }
  }

  private static void scan(ScanOp op, long[] a, int n, long[] positions) {
    switch (op) {
      case SUM -> {
        for (int i = 1; i < n; i++) {
          a[i] += a[i - 1];
        }
      }
      case PROD -> {
        for (int i = 1; i < n; i++) {
          a[i] *= a[i - 1];
        }
      }
      case MAX, MIN -> {
        long best = a[0];
        int at = 0;
        for (int i = 0; i < n; i++) {
          if (op == ScanOp.MAX ? a[i] >= best : a[i] <= best) {
            best = a[i];
            at = i;
          }
          a[i] = best;
          if (positions.length > 0) {
            positions[i] = at;
          }
        }
      }
      case LOGSUMEXP -> throw floatingOnly();
    }
  }

  private static IllegalArgumentException floatingOnly() {
    return new IllegalArgumentException("a running logsumexp is floating");
  }
}
