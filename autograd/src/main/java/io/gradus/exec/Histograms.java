package io.gradus.exec;

import io.gradus.Histogram;
import io.gradus.Options;
import io.gradus.Tensor;
import io.gradus.tensor.dtype.Scalar;
import io.gradus.tensor.error.DTypeException;
import io.gradus.tensor.error.InvalidArgumentException;
import io.gradus.tensor.error.ShapeException;
import io.gradus.tensor.layout.Shape;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** How many values fall where; counted on the host, without gradients. */
public final class Histograms {
  private Histograms() {}

  /** See {@link Tensor#histc}. */
  public static Tensor histc(Tensor t, long bins, double min, double max) {
    checkFloating("histc", t);
    if (bins <= 0) {
      throw new InvalidArgumentException("[histc] bins must be > 0: " + bins);
    }
    if (min > max) {
      throw new InvalidArgumentException(
          "[histc] max must be larger than min: %s and %s".formatted(min, max));
    }
    double[] x = t.detach().doubleArray();
    double[] range = range("histc", min == max ? null : new double[] {min, max}, x, 1, 0, 1);
    if (min == max && x.length == 0) {
      range = new double[] {min - 1, max + 1};
    }
    // As PyTorch the place of a value is computed in its dtype, which decides at the borders.
    Tensor low = number(range[0], t);
    Tensor width = number(range[1], t).sub(low);
    Tensor many = number(bins, t);
    double[] places = t.detach().sub(low).mul(many).div(width).doubleArray();
    double[] counts = new double[Counts.of("histc", bins)];
    for (int i = 0; i < x.length; i++) {
      if (x[i] >= range[0] && x[i] <= range[1]) {
        counts[Math.min((int) places[i], counts.length - 1)]++;
      }
    }
    return Tensor.tensor(counts).to(t.dtype()).to(t.device());
  }

  /** See {@link Tensor#histogramdd(long[], double[], Tensor, boolean)}. */
  public static Histogram counted(
      String name,
      Tensor points,
      long[] bins,
      double @Nullable [] ranges,
      @Nullable Tensor weight,
      boolean density) {
    check(name, points, bins.length, weight);
    if (ranges != null && ranges.length != 2 * bins.length) {
      throw new ShapeException(
          "[%s] %s(): range must contain two values for each dimension: %d dimensions and %d values"
              .formatted(name, name, bins.length, ranges.length));
    }
    double[] x = points.detach().doubleArray();
    double[][] edges = new double[bins.length][];
    for (int d = 0; d < bins.length; d++) {
      if (bins[d] <= 0) {
        throw new InvalidArgumentException(
            "[%s] %s(): bins must be > 0, but got %d for dimension %d"
                .formatted(name, name, bins[d], d));
      }
      double[] given = ranges == null ? null : new double[] {ranges[2 * d], ranges[2 * d + 1]};
      double[] ends = range(name, given, x, bins.length, d, 0.5);
      edges[d] =
          Tensor.linspace(
                  Options.dtype(points.dtype()), ends[0], ends[1], 1 + Counts.of(name, bins[d]))
              .doubleArray();
    }
    List<Tensor> made = new ArrayList<>();
    for (double[] e : edges) {
      made.add(Tensor.tensor(e).to(points.dtype()).to(points.device()));
    }
    return histogram(points, x, edges, made, weight, density);
  }

  /** See {@link Tensor#histogramdd(List, Tensor, boolean)}. */
  public static Histogram bordered(
      String name, Tensor points, List<Tensor> edges, @Nullable Tensor weight, boolean density) {
    check(name, points, edges.size(), weight);
    double[][] values = new double[edges.size()][];
    for (int d = 0; d < values.length; d++) {
      Tensor e = edges.get(d);
      if (e.dtype() != points.dtype()) {
        throw new DTypeException(
            "[%s] %s(): input tensor and bins tensors should have the same dtype, but got input with dtype %s and bins for dimension %d with dtype %s"
                .formatted(name, name, points.dtype(), d, e.dtype()));
      }
      if (e.dim() != 1 || e.numel() == 0) {
        throw new ShapeException(
            "[%s] %s(): bins tensor should have one dimension and be non-empty, but got shape %s in the bins tensor for dimension %d"
                .formatted(name, name, e.shape(), d));
      }
      values[d] = e.detach().doubleArray();
    }
    return histogram(points, points.detach().doubleArray(), values, edges, weight, density);
  }

  private static Tensor number(double value, Tensor like) {
    return Executor.full(Shape.SCALAR, like.dtype(), like.device(), Scalar.of(value));
  }

  private static void checkFloating(String name, Tensor t) {
    if (!t.dtype().isFloating()) {
      throw new DTypeException(
          "[%s] not implemented for dtype %s; convert it first".formatted(name, t.dtype()));
    }
  }

  private static void check(String name, Tensor points, int dims, @Nullable Tensor weight) {
    checkFloating(name, points);
    if (points.dim() < 2) {
      throw new ShapeException(
          "[%s] %s(): input tensor should have at least 2 dimensions: shape %s"
              .formatted(name, name, points.shape()));
    }
    if (points.size(-1) != dims) {
      throw new ShapeException(
          "[%s] histogramdd: The size of bins must be equal to the innermost dimension of the input: %d and shape %s"
              .formatted(name, dims, points.shape()));
    }
    if (weight == null) {
      return;
    }
    if (weight.dtype() != points.dtype()) {
      throw new DTypeException(
          "[%s] %s(): if weight tensor is provided, input tensor and weight tensor should have the same dtype, but got %s and %s"
              .formatted(name, name, points.dtype(), weight.dtype()));
    }
    if (weight.numel() * dims != points.numel()) {
      throw new ShapeException(
          "[%s] %s(): if weight tensor is provided it should have the same shape as the input tensor excluding its innermost dimension, but got %s and %s"
              .formatted(name, name, points.shape(), weight.shape()));
    }
  }

  /** The ends given, or else of the data; widened where they coincide. */
  private static double[] range(
      String name, double @Nullable [] given, double[] x, int width, int d, double margin) {
    double low = 0;
    double high = x.length == 0 ? 1 : 0;
    if (given != null) {
      low = given[0];
      high = given[1];
    } else if (x.length > 0) {
      low = x[d];
      high = x[d];
      for (int i = d; i < x.length; i += width) {
        // Unlike comparisons these pass NaN on.
        low = Math.min(low, x[i]);
        high = Math.max(high, x[i]);
      }
    }
    if (!Double.isFinite(low) || !Double.isFinite(high)) {
      throw new InvalidArgumentException(
          "[%s] dimension %d's range of [%s, %s] is not finite".formatted(name, d, low, high));
    }
    if (low > high) {
      throw new InvalidArgumentException(
          "[%s] min should not exceed max, but got min %s max %s for dimension %d"
              .formatted(name, low, high, d));
    }
    return low == high ? new double[] {low - margin, high + margin} : new double[] {low, high};
  }

  private static Histogram histogram(
      Tensor points,
      double[] x,
      double[][] edges,
      List<Tensor> shown,
      @Nullable Tensor weight,
      boolean density) {
    int width = edges.length;
    long[] sizes = new long[width];
    for (int d = 0; d < width; d++) {
      sizes[d] = edges[d].length - 1L;
    }
    double[] counts = new double[Counts.of("histogramdd", Shape.of(sizes).numel())];
    double[] w = weight == null ? null : weight.detach().doubleArray();
    for (int i = 0; i * width < x.length; i++) {
      int at = place(x, i * width, edges);
      if (at >= 0) {
        counts[at] += w == null ? 1 : w[i];
      }
    }
    Tensor hist = Tensor.tensor(counts).view(sizes).to(points.dtype()).to(points.device());
    if (density) {
      hist = hist.div(hist.sum());
      for (int d = 0; d < width; d++) {
        long[] column = new long[width];
        Arrays.fill(column, 1);
        column[d] = sizes[d];
        hist = hist.div(shown.get(d).detach().diff().view(column));
      }
    }
    return new Histogram(hist, shown);
  }

  /** The number of the bin of a point, -1 if it lies outside. */
  private static int place(double[] x, int from, double[][] edges) {
    int at = 0;
    for (int d = 0; d < edges.length; d++) {
      double[] e = edges[d];
      double v = x[from + d];
      if (!(v >= e[0] && v <= e[e.length - 1])) {
        return -1;
      }
      int bin = above(e, v) - 1;
      at = at * (e.length - 1) + (bin == e.length - 1 ? bin - 1 : bin);
    }
    return at;
  }

  /** The first place whose border is above a value, by bisection. */
  private static int above(double[] e, double v) {
    int first = 0;
    int count = e.length;
    while (count > 0) {
      int step = count / 2;
      if (v < e[first + step]) {
        count = step;
      } else {
        first += step + 1;
        count -= step + 1;
      }
    }
    return first;
  }
}
