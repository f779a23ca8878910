package io.gradus.exec;

import io.gradus.Tensor;
import io.gradus.graph.Record;
import io.gradus.tensor.dtype.DType;
import io.gradus.tensor.dtype.Promotion;
import io.gradus.tensor.error.DTypeException;
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
    return sum(t, dims, keepdim, t.dtype().isFloating() ? t.dtype() : DType.I64);
  }

  /** The sum over dimensions in a dtype; floating results only of that dtype. */
  public static Tensor sum(Tensor t, int[] dims, boolean keepdim, DType result) {
    boolean[] axes = Axes.of("sum", t, dims);
    Tensor kept = Primitives.reduce(ReduceOp.SUM, t, axes, result.compute(), result);
    Shape shape = t.shape();
    return Record.rule(
        dims.length == 0 ? "SumBackward0" : "SumBackward1",
        Axes.drop(kept, axes, keepdim),
        t,
        (g, saved, needs) -> new Tensor[] {Axes.expand(g, shape, axes, keepdim)});
  }

  /** See {@link Tensor#sumToSize}. */
  public static Tensor sumToSize(Tensor t, long[] sizes) {
    Shape to = Shape.of(sizes);
    if (!Broadcasting.fits(to, t.shape())) {
      throw new ShapeException(
          "[sum_to_size] size %s is not expandable to size %s.".formatted(to, t.shape()));
    }
    if (to.rank() == 0) {
      return sum(t, new int[0], false);
    }
    if (to.equals(t.shape())) {
      return t;
    }
    int[] dims = Axes.list(Broadcasting.expandedDims(to, t.shape()));
    int added = t.dim() - to.rank();
    boolean areFirst = added > 0 && dims.length == added && dims[added - 1] == added - 1;
    boolean drops = areFirst && !Record.wanted(t);
    Tensor r = sum(t, dims, !drops);
    return drops || added == 0 ? r : r.view(sizes);
  }

  /** The mean over dimensions; all if none is named. */
  public static Tensor mean(Tensor t, int[] dims, boolean keepdim) {
    if (!t.dtype().isFloating()) {
      throw new DTypeException(
          "[mean] could not infer output dtype. Input dtype must be a floating point dtype. Got: %s; use to(f32).mean()"
              .formatted(t.dtype()));
    }
    boolean[] axes = Axes.of("mean", t, dims);
    long n = Axes.count(t, axes);
    DType wide = t.dtype().compute().dtype();
    Tensor total = Primitives.reduce(ReduceOp.SUM, t, axes, t.dtype().compute(), wide);
    Tensor kept = total.div_(n);
    Shape shape = t.shape();
    return Record.rule(
        dims.length == 0 ? "MeanBackward0" : "MeanBackward1",
        Axes.drop(wide == t.dtype() ? kept : kept.to(t.dtype()), axes, keepdim),
        t,
        (g, saved, needs) -> new Tensor[] {Axes.expand(g.div(n), shape, axes, keepdim)});
  }

  /** Whether any element is not 0. */
  public static Tensor any(Tensor t, int[] dims, boolean keepdim) {
    return truth(ReduceOp.ANY, t, dims, keepdim);
  }

  /** Whether every element is not 0. */
  public static Tensor all(Tensor t, int[] dims, boolean keepdim) {
    return truth(ReduceOp.ALL, t, dims, keepdim);
  }

  /** PyTorch keeps u8 here: its first masks were bytes. */
  private static Tensor truth(ReduceOp op, Tensor t, int[] dims, boolean keepdim) {
    boolean[] axes = Axes.of(op == ReduceOp.ALL ? "all" : "any", t, dims);
    DType result = t.dtype() == DType.U8 ? DType.U8 : DType.BOOL;
    return Axes.drop(Primitives.reduce(op, t, axes, t.dtype().compute(), result), axes, keepdim);
  }

  /** The product of all elements. */
  public static Tensor prod(Tensor t) {
    boolean[] axes = Axes.of(t);
    Tensor result = Axes.drop(product(t, axes), axes, false);
    return Record.rule(
        "ProdBackward0",
        result,
        new Tensor[] {t},
        new Tensor[] {t},
        (g, s, needs) -> {
          Tensor flat = s[0].reshape(-1);
          return new Tensor[] {withoutEach(flat, 0).mul(g).reshape(s[0].shape().toArray())};
        });
  }

  /** The product over one dimension. */
  public static Tensor prod(Tensor t, int dim, boolean keepdim) {
    boolean[] axes = Axes.of("prod", t, dim);
    return Record.rule(
        "ProdBackward1",
        Axes.drop(product(t, axes), axes, keepdim),
        new Tensor[] {t},
        new Tensor[] {t},
        (g, s, needs) -> {
          Tensor x = s[0];
          if (x.dim() == 0) {
            return new Tensor[] {g};
          }
          Tensor others = withoutEach(x, Shape.wrapDim(dim, x.dim()));
          return new Tensor[] {others.mul(Axes.keep(g, x.shape(), axes, keepdim))};
        });
  }

  private static Tensor product(Tensor t, boolean[] axes) {
    DType result = t.dtype().isFloating() ? t.dtype() : DType.I64;
    return Primitives.reduce(ReduceOp.PROD, t, axes, result.compute(), result);
  }

  /**
   * For each element the product of all others along a dimension: those before times those after,
   * so that zeros need no special case and the result can be differentiated again.
   */
  private static Tensor withoutEach(Tensor x, int dim) {
    long n = x.size(dim);
    if (n == 0) {
      return x;
    }
    Tensor one = Executor.full(x.shape().with(dim, 1), x.dtype(), x.device(), 1L);
    Tensor before = Tensor.cat(Arrays.asList(one, x.narrow(dim, 0, n - 1)), dim).cumprod(dim);
    Tensor after =
        Tensor.cat(Arrays.asList(one, x.narrow(dim, 1, n - 1).flip(dim)), dim)
            .cumprod(dim)
            .flip(dim);
    return before.mul(after);
  }

  /** The tensor itself if floating, else in the default dtype. */
  public static Tensor floating(Tensor t) {
    return t.dtype().isFloating() ? t : t.to(Promotion.defaultDType());
  }
}
