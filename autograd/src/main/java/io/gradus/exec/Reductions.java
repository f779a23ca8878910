package io.gradus.exec;

import io.gradus.Tensor;
import io.gradus.graph.Record;
import io.gradus.tensor.dtype.ComputeType;
import io.gradus.tensor.dtype.DType;
import io.gradus.tensor.error.ShapeException;
import io.gradus.tensor.kernel.ReduceOp;
import io.gradus.tensor.layout.Broadcasting;
import io.gradus.tensor.layout.Shape;
import java.util.Arrays;

/** Sums and their kin, with their gradients. */
public final class Reductions {
  private Reductions() {}

  /** The sum over dimensions; all if none is named. */
  public static Tensor sum(Tensor t, int[] dims, boolean keepdim) {
    boolean[] axes = Shape.dimSet(Arrays.stream(dims).asLongStream().toArray(), t.dim());
    DType result = t.dtype().isFloating() ? t.dtype() : DType.I64;
    Tensor kept = Primitives.reduce(ReduceOp.SUM, t, axes, result.compute(), result);
    return Record.rule(
        dims.length == 0 ? "SumBackward0" : "SumBackward1",
        drop(kept, axes, keepdim),
        t,
        (g, saved, needs) -> new Tensor[] {expandBack(g, t.shape(), axes, keepdim)});
  }

  /** The result of a reduction without the kept dimensions; no history yet. */
  static Tensor drop(Tensor kept, boolean[] axes, boolean keepdim) {
    if (keepdim || kept.dim() == 0) {
      return kept;
    }
    return io.gradus.Internals.fresh(
        io.gradus.Internals.operand(kept)
            .with(io.gradus.tensor.layout.Layout.of(kept.shape().without(axes))));
  }

  /** A gradient of a reduction as that of each reduced element. */
  static Tensor expandBack(Tensor g, Shape to, boolean[] axes, boolean keepdim) {
    Tensor kept = keepdim ? g : g.reshape(to.keeping(axes).toArray());
    return kept.expand(to.toArray());
  }

  /** See {@link Tensor#sumToSize}. */
  public static Tensor sumToSize(Tensor t, long[] sizes) {
    Shape to = Shape.of(sizes);
    if (!Broadcasting.fits(to, t.shape())) {
      throw new ShapeException(
          "[sum_to_size] size %s is not expandable to size %s.".formatted(to, t.shape()));
    }
    if (to.equals(t.shape())) {
      return t;
    }
    boolean[] axes = Broadcasting.expandedDims(to, t.shape());
    int[] dims = new int[axes.length];
    int n = 0;
    for (int d = 0; d < axes.length; d++) {
      if (axes[d]) {
        dims[n++] = d;
      }
    }
    return sum(t, Arrays.copyOf(dims, n), true).view(sizes);
  }

  /** Whether any element is not 0. */
  public static Tensor any(Tensor t, int[] dims, boolean keepdim) {
    boolean[] axes = Shape.dimSet(Arrays.stream(dims).asLongStream().toArray(), t.dim());
    ComputeType type = t.dtype().compute();
    return drop(Primitives.reduce(ReduceOp.ANY, t, axes, type, DType.BOOL), axes, keepdim);
  }
}
