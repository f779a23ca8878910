package io.gradus.exec;

import io.gradus.Tensor;
import io.gradus.tensor.dtype.DType;
import io.gradus.tensor.error.InvalidArgumentException;
import io.gradus.tensor.error.ShapeException;
import io.gradus.tensor.layout.Shape;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** How often values occur, and how they vary together. */
public final class Counting {
  private Counting() {}

  /** See {@link Tensor#bincount}. */
  public static Tensor bincount(Tensor t, @Nullable Tensor weights, long least) {
    if (t.dim() != 1 || t.dtype().isFloating() || least < 0) {
      throw new ShapeException(
          "[bincount] bincount only supports 1-d non-negative integral inputs: %s %s, minlength %d"
              .formatted(t.dtype(), t.shape(), least));
    }
    if (weights != null && !weights.shape().equals(t.shape())) {
      throw new ShapeException(
          "[bincount] weights should be 1-d and have the same length as input: %s and %s"
              .formatted(weights.shape(), t.shape()));
    }
    long n = least;
    if (t.numel() > 0) {
      if (t.min().item().longValue() < 0) {
        throw new InvalidArgumentException(
            "[bincount] bincount only supports 1-d non-negative integral inputs: the least is "
                + t.min().item());
      }
      n = Math.max(n, t.max().item().longValue() + 1);
    }
    DType dtype =
        weights == null ? DType.I64 : weights.dtype() == DType.F32 ? DType.F32 : DType.F64;
    Tensor source =
        weights == null
            ? Executor.full(t.shape(), DType.I64, t.device(), 1L)
            : weights.detach().to(dtype);
    return Executor.full(Shape.of(n), dtype, t.device(), 0L).scatterAdd(0, t.to(DType.I64), source);
  }

  /** See {@link Tensor#diff(int, int)}. */
  public static Tensor diff(Tensor t, int n, int dim) {
    if (t.dim() == 0) {
      throw new ShapeException("[diff] diff expects input to be at least one-dimensional");
    }
    if (n < 0) {
      throw new InvalidArgumentException("[diff] order must be non-negative but got " + n);
    }
    int d = Shape.wrapDim(dim, t.dim());
    if (n == 0) {
      return t.clone();
    }
    Tensor r = t;
    for (int i = 0; i < n; i++) {
      long size = r.size(d);
      if (size == 0) {
        return r;
      }
      Tensor after = r.narrow(d, 1, size - 1);
      Tensor before = r.narrow(d, 0, size - 1);
      r = r.dtype() == DType.BOOL ? after.logicalXor(before) : after.sub(before);
    }
    return r;
  }

  /** See {@link Tensor#diff(int, int, Tensor, Tensor)}. */
  public static Tensor diff(
      Tensor t, int n, int dim, @Nullable Tensor prepend, @Nullable Tensor append) {
    if (n == 0 || prepend == null && append == null) {
      return diff(t, n, dim);
    }
    List<Tensor> parts = new ArrayList<>();
    if (prepend != null) {
      parts.add(prepend);
    }
    parts.add(t);
    if (append != null) {
      parts.add(append);
    }
    return diff(Tensor.cat(parts, dim), n, dim);
  }

  /** See {@link Tensor#trapezoid(double, int)}. */
  public static Tensor trapezoid(Tensor y, double dx, int dim) {
    if (y.size(dim) == 0) {
      return y.sum(dim, false);
    }
    return ends(y, dim).mul(dx / 2).sum(dim, false);
  }

  /** See {@link Tensor#trapezoid(Tensor, int)}. */
  public static Tensor trapezoid(Tensor y, Tensor x, int dim) {
    int d = Shape.wrapDim(dim, y.dim());
    return ends(y, d).mul(steps(y, x, d)).sum(d, false).div(2);
  }

  /** See {@link Tensor#cumulativeTrapezoid(double, int)}. */
  public static Tensor cumulativeTrapezoid(Tensor y, double dx, int dim) {
    return ends(y, dim).mul(dx / 2).cumsum(dim);
  }

  /** See {@link Tensor#cumulativeTrapezoid(Tensor, int)}. */
  public static Tensor cumulativeTrapezoid(Tensor y, Tensor x, int dim) {
    int d = Shape.wrapDim(dim, y.dim());
    return ends(y, d).mul(steps(y, x, d)).cumsum(d).div(2);
  }

  /** Sums of neighbours. */
  private static Tensor ends(Tensor y, int dim) {
    long n = Math.max(1, y.size(dim));
    return y.narrow(dim, 0, n - 1).add(y.narrow(dim, Math.min(1, y.size(dim)), n - 1));
  }

  /** Distances of neighbouring places, along a dimension of {@code y}. */
  private static Tensor steps(Tensor y, Tensor x, int dim) {
    if (x.dim() != 1) {
      return diff(x, 1, dim);
    }
    Tensor steps = diff(x, 1, 0);
    long[] column = new long[y.dim()];
    Arrays.fill(column, 1);
    column[dim] = steps.numel();
    return steps.view(column);
  }
}
