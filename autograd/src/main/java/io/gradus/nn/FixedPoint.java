package io.gradus.nn;

import io.gradus.Tensor;
import io.gradus.tensor.dtype.DType;
import java.util.Arrays;

/**
 * How images of bytes are interpolated along one dimension: with weights of 16 bits, and rounded to
 * bytes after each dimension, as PyTorch and Pillow do.
 *
 * <p>Pillow, {@code src/libImaging/Resample.c}; PyTorch, {@code aten/src/ATen/native/cpu/
 * UpSampleKernel.cpp}.
 *
 * @param taps positions
 * @param weights whole numbers, for each position
 * @param bits how often the weights were doubled
 */
record FixedPoint(Taps taps, Weights weights, int bits) {
  /** Weights as {@link Taps} takes them. */
  record Weights(double[][] values) {
    @Override
    public boolean equals(Object other) {
      return other instanceof Weights w && Arrays.deepEquals(values, w.values);
    }

    @Override
    public int hashCode() {
      return Arrays.deepHashCode(values);
    }

    @Override
    public String toString() {
      return Arrays.deepToString(values);
    }
  }

  /** Most bits that PyTorch tries. */
  private static final int MOST_BITS = 22;

  /** Positions and weights; {@code smooth} widens the kernel when the image gets smaller. */
  static FixedPoint of(
      long in, long out, double given, boolean alignCorners, boolean cubic, boolean smooth) {
    double scale = Resampling.scale(in, out, alignCorners, given);
    int n = Math.toIntExact(out);
    double support = (cubic ? 2 : 1) * Math.max(smooth ? scale : 1, 1);
    int depth = smooth ? (int) Math.ceil(support) * 2 + 1 : cubic ? 4 : 2;
    long[][] from = new long[depth][n];
    double[][] weights = new double[depth][n];
    double most = 0;
    for (int o = 0; o < n; o++) {
      double[] line = new double[depth];
      long first =
          smooth
              ? smooth(line, in, scale, o, support, cubic)
              : sharp(line, in, Resampling.source(o, scale, alignCorners, cubic), cubic);
      for (int k = 0; k < depth; k++) {
        from[k][o] = first + k < in ? first + k : -1;
        weights[k][o] = line[k];
        most = Math.max(most, line[k]);
      }
    }
    int bits = 0;
    while (bits < MOST_BITS && (int) (0.5 + most * (1 << (bits + 1))) < 1 << 15) {
      bits++;
    }
    for (double[] row : weights) {
      for (int o = 0; o < n; o++) {
        double scaled = row[o] * (1 << bits);
        row[o] = (int) (scaled < 0 ? scaled - 0.5 : scaled + 0.5);
      }
    }
    return new FixedPoint(new Taps(from), new Weights(weights), bits);
  }

  /** Weights of two or four neighbours; what would lie outside counts at the border. */
  private static long sharp(double[] line, long in, double at, boolean cubic) {
    long base = Math.min((long) Math.floor(at), in - 1);
    double fraction = Math.min(Math.max(at - base, 0), 1);
    int reach = line.length / 2;
    long unbound = base - reach + 1;
    long first = Math.max(unbound, 0);
    for (int k = 0; k < line.length; k++) {
      double d = k + 1 - reach - fraction;
      double w = cubic ? Resampling.cubicWeight(d, Resampling.CUBIC) : triangle(d);
      line[(int) (Math.min(Math.max(unbound + k, 0), in - 1) - first)] += w;
    }
    return first;
  }

  private static long smooth(
      double[] line, long in, double scale, int out, double support, boolean cubic) {
    double center = scale * (out + 0.5);
    long first = Math.max((long) (center - support + 0.5), 0);
    long end = Math.min((long) (center + support + 0.5), in);
    double total = 0;
    for (int k = 0; k < end - first; k++) {
      double d = (first + k - center + 0.5) / Math.max(scale, 1);
      line[k] = cubic ? Resampling.cubicWeight(d, Resampling.SMOOTH_CUBIC) : triangle(d);
      total += line[k];
    }
    for (int k = 0; k < line.length && total != 0; k++) {
      line[k] /= total;
    }
    return first;
  }

  private static double triangle(double distance) {
    return Math.max(0, 1 - Math.abs(distance));
  }

  /** The weighted sums along a dimension, rounded to bytes. */
  Tensor resample(Tensor x, int dim) {
    Tensor sum = taps.sum(x.to(DType.I32), dim, weights.values);
    return sum.add(1L << bits >> 1).bitwiseRightShift(bits).clamp(0, 255).to(DType.U8);
  }
}
