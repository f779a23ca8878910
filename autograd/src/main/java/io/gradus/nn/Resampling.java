package io.gradus.nn;

import io.gradus.Tensor;
import io.gradus.exec.Counts;
import io.gradus.tensor.dtype.DType;
import java.util.Arrays;

/**
 * How interpolation reads one dimension: positions and weights for every element of the result.
 * Weights are rounded to the dtype that PyTorch keeps them in: that of the image, also where it is
 * half, but for bilinear interpolation.
 */
final class Resampling {
  static final double CUBIC = -0.75;
  static final double SMOOTH_CUBIC = -0.5;

  private Resampling() {}

  /** The position in the input that an element of the result lies at. */
  static double source(long out, double scale, boolean alignCorners, boolean cubic) {
    if (alignCorners) {
      return scale * out;
    }
    double at = scale * (out + 0.5) - 0.5;
    return at < 0 && !cubic ? 0 : at;
  }

  /** Input elements for each of the result. */
  static double scale(long in, long out, boolean alignCorners, double given) {
    if (alignCorners) {
      return out > 1 ? (double) (in - 1) / (out - 1) : 0;
    }
    return given > 0 ? 1 / given : (double) in / out;
  }

  static Tensor nearest(Tensor x, int dim, long out, double given, boolean exact) {
    long in = x.size(dim);
    float scale = (float) scale(in, out, false, given);
    long[] at = new long[Counts.of("interpolate", out)];
    Arrays.setAll(at, o -> Math.min((long) Math.floor((o + (exact ? 0.5f : 0f)) * scale), in - 1));
    return Taps.pick(x, dim, at);
  }

  static Tensor linear(
      Tensor x, int dim, long out, double given, boolean alignCorners, DType kept) {
    long in = x.size(dim);
    double scale = scale(in, out, alignCorners, given);
    int n = Counts.of("interpolate", out);
    long[][] from = new long[2][n];
    double[][] weights = new double[2][n];
    for (int o = 0; o < n; o++) {
      double at = source(o, scale, alignCorners, false);
      from[0][o] = Math.min((long) at, in - 1);
      from[1][o] = Math.min(from[0][o] + 1, in - 1);
      double fraction = Math.min(Math.max(at - from[0][o], 0), 1);
      weights[1][o] = kept.round(fraction);
      weights[0][o] = kept.round(1 - weights[1][o]);
    }
    return new Taps(from).sum(x, dim, weights);
  }

  static Tensor cubic(Tensor x, int dim, long out, double given, boolean alignCorners, DType kept) {
    long in = x.size(dim);
    double scale = scale(in, out, alignCorners, given);
    int n = Counts.of("interpolate", out);
    long[][] from = new long[4][n];
    double[][] weights = new double[4][n];
    for (int o = 0; o < n; o++) {
      double at = source(o, scale, alignCorners, true);
      long base = (long) Math.floor(at);
      for (int k = 0; k < 4; k++) {
        from[k][o] = Math.min(Math.max(base - 1 + k, 0), in - 1);
        weights[k][o] = kept.round(cubicWeight(at - base + 1 - k, CUBIC));
      }
    }
    return new Taps(from).sum(x, dim, weights);
  }

  /** Convolution with a triangle, or a cubic kernel, as wide as an element of the result. */
  static Tensor smoothed(
      Tensor x, int dim, long out, double given, boolean alignCorners, boolean cubic) {
    long in = x.size(dim);
    double scale = scale(in, out, alignCorners, given);
    double stretch = Math.max(scale, 1);
    double support = (cubic ? 2 : 1) * stretch;
    int n = Counts.of("interpolate", out);
    int taps = (int) Math.ceil(support) * 2 + 1;
    long[][] from = new long[taps][n];
    double[][] weights = new double[taps][n];
    for (int o = 0; o < n; o++) {
      double center = scale * (o + 0.5);
      long first = Math.max((long) (center - support + 0.5), 0);
      long end = Math.min((long) (center + support + 0.5), in);
      double total = 0;
      for (int k = 0; k < taps; k++) {
        boolean there = first + k < end;
        from[k][o] = there ? first + k : -1;
        double d = (first + k - center + 0.5) / stretch;
        weights[k][o] =
            !there ? 0 : cubic ? cubicWeight(d, SMOOTH_CUBIC) : Math.max(0, 1 - Math.abs(d));
        total += weights[k][o];
      }
      for (int k = 0; k < taps && total != 0; k++) {
        weights[k][o] /= total;
      }
    }
    return new Taps(from).sum(x, dim, weights);
  }

  /** R. Keys, "Cubic convolution interpolation for digital image processing", 1981. */
  static double cubicWeight(double distance, double a) {
    double d = Math.abs(distance);
    if (d <= 1) {
      return ((a + 2) * d - (a + 3)) * d * d + 1;
    }
    return d < 2 ? ((a * d - 5 * a) * d + 8 * a) * d - 4 * a : 0;
  }

  /** The weight of the element {@code tap} after the one before a place, from -1 to 2. */
  static Tensor cubicWeight(Tensor fraction, int tap) {
    Tensor d = tap < 1 ? fraction.sub(tap) : fraction.neg().add(tap);
    double a = CUBIC;
    return tap == 0 || tap == 1
        ? d.mul(a + 2).sub(a + 3).mul(d).mul(d).add(1)
        : d.mul(a).sub(5 * a).mul(d).add(8 * a).mul(d).sub(4 * a);
  }
}
