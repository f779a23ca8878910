package io.gradus.exec;

import io.gradus.MinMax;
import io.gradus.Tensor;
import io.gradus.ValuesIndices;
import io.gradus.graph.GradMode;
import io.gradus.graph.Record;
import io.gradus.tensor.dtype.DType;
import io.gradus.tensor.error.DTypeException;
import io.gradus.tensor.kernel.ReduceOp;
import io.gradus.tensor.layout.Shape;

/** Smallest and largest elements, with their gradients. */
public final class Extremes {
  private Extremes() {}

  /** The smallest or largest of all elements; its gradient is shared among equals. */
  public static Tensor whole(Tensor t, boolean max) {
    boolean[] axes = Axes.of(t);
    Axes.refuseEmpty(max ? "max" : "min", t, axes, true);
    return shared(max ? "MaxBackward1" : "MinBackward1", t, axes, false, max);
  }

  /** See {@link Tensor#amax}, {@link Tensor#amin}. */
  public static Tensor over(Tensor t, int[] dims, boolean keepdim, boolean max) {
    boolean[] axes = Axes.of(max ? "amax" : "amin", t, dims);
    Axes.refuseEmpty(max ? "amax" : "amin", t, axes, dims.length == 0);
    return shared(max ? "AmaxBackward0" : "AminBackward0", t, axes, keepdim, max);
  }

  private static Tensor shared(
      String name, Tensor t, boolean[] axes, boolean keepdim, boolean max) {
    Tensor kept =
        Primitives.reduce(
            max ? ReduceOp.MAX : ReduceOp.MIN, t, axes, t.dtype().compute(), t.dtype());
    return sharedAmong(name, t, Axes.drop(kept, axes, keepdim), axes, keepdim);
  }

  /** Records a result whose gradient is shared evenly among the elements equal to it. */
  static Tensor sharedAmong(String name, Tensor t, Tensor result, boolean[] axes, boolean keepdim) {
    int[] dims = Axes.list(axes);
    return Record.rule(
        name,
        result,
        new Tensor[] {t},
        new Tensor[] {t, result},
        (g, s, needs) -> {
          Tensor x = s[0];
          if (x.dim() == 0) {
            return new Tensor[] {g};
          }
          Tensor mask;
          Tensor count;
          try (GradMode.Scope _ = GradMode.noGrad()) {
            Tensor top = Axes.keep(s[1], x.shape(), axes, keepdim);
            mask = x.eq(top).logicalOr(x.isnan().logicalAnd(top.isnan()));
            count = mask.sum(dims, true);
          }
          Tensor each = Axes.keep(g, x.shape(), axes, keepdim).div(count);
          return new Tensor[] {each.where(mask, 0)};
        });
  }

  /**
   * The smallest or largest elements along a dimension and where they are (the first of equals).
   */
  public static ValuesIndices along(Tensor t, int dim, boolean keepdim, boolean max) {
    boolean[] axes = Axes.of(max ? "max" : "min", t, dim);
    Axes.refuseEmpty(max ? "max" : "min", t, axes, false);
    Tensor kept =
        Primitives.reduce(
            max ? ReduceOp.ARGMAX : ReduceOp.ARGMIN, t, axes, t.dtype().compute(), DType.I64);
    Tensor values =
        t.dim() == 0
            ? Executor.copyContiguous(t)
            : Primitives.gather(t, Shape.wrapDim(dim, t.dim()), kept);
    return chosen(max ? "MaxBackward0" : "MinBackward0", t, dim, keepdim, values, kept);
  }

  /** Values taken from {@code t} at positions along a dimension, both kept, recorded. */
  static ValuesIndices chosen(
      String name, Tensor t, int dim, boolean keepdim, Tensor values, Tensor indices) {
    boolean[] axes = Axes.of(t, dim);
    Tensor v = Axes.drop(values, axes, keepdim);
    Tensor i = Axes.drop(indices, axes, keepdim);
    Shape shape = t.shape();
    Record.rules(
        name,
        new Tensor[] {v, i},
        new Tensor[] {t},
        new Tensor[] {indices},
        (g, s, needs) ->
            new Tensor[] {
              g[0] == null ? null : spread(Axes.keep(g[0], shape, axes, keepdim), shape, dim, s[0])
            });
    return new ValuesIndices(v, i);
  }

  /** Zeros of a shape with {@code g} at positions along a dimension. */
  static Tensor spread(Tensor g, Shape shape, int dim, Tensor index) {
    if (shape.rank() == 0) {
      return g;
    }
    return Executor.full(shape, g.dtype(), g.device(), 0L).scatterAdd(dim, index, g);
  }

  /** See {@link Tensor#aminmax}. */
  public static MinMax both(Tensor t, int[] dims, boolean keepdim) {
    return new MinMax(over(t, dims, keepdim, false), over(t, dims, keepdim, true));
  }

  /** The row-major position of the first smallest or largest of all elements. */
  public static Tensor arg(Tensor t, boolean max) {
    boolean[] axes = Axes.of(t);
    Axes.refuseEmpty(max ? "argmax" : "argmin", t, axes, true);
    return Axes.drop(position(t, axes, max), axes, false);
  }

  /** The position of the first smallest or largest element along a dimension. */
  public static Tensor arg(Tensor t, int dim, boolean keepdim, boolean max) {
    boolean[] axes = Axes.of(max ? "argmax" : "argmin", t, dim);
    Axes.refuseEmpty(max ? "argmax" : "argmin", t, axes, false);
    return Axes.drop(position(t, axes, max), axes, keepdim);
  }

  private static Tensor position(Tensor t, boolean[] axes, boolean max) {
    if (t.dtype() == DType.BOOL) {
      throw new DTypeException(
          "[%s] does not support bool input; convert with to(i64) first"
              .formatted(max ? "argmax" : "argmin"));
    }
    return Primitives.reduce(
        max ? ReduceOp.ARGMAX : ReduceOp.ARGMIN, t, axes, t.dtype().compute(), DType.I64);
  }
}
