package io.gradus.exec;

import io.gradus.Tensor;
import io.gradus.graph.Record;
import io.gradus.tensor.dtype.DType;
import io.gradus.tensor.kernel.ScatterMode;
import org.jspecify.annotations.Nullable;

/** Scattering with a reduction; the gradients are PyTorch's {@code scatter_reduce_backward}. */
public final class ReducingScatter {
  private ReducingScatter() {}

  /** See {@link Tensor#scatterReduce}. */
  public static Tensor run(
      Tensor t,
      int dim,
      Tensor index,
      Tensor source,
      ScatterReduction reduce,
      boolean includeSelf) {
    Scattering.check("scatter_reduce", t, dim, index, source);
    Tensor r = Executor.copyContiguous(t);
    if (!includeSelf) {
      r = r.scatter(dim, index, identity(reduce, t.dtype()));
    }
    Scattering.scatter(mode(reduce), r, dim, index, source);
    if (reduce == ScatterReduction.MEAN) {
      Tensor n = counts(t, dim, index, source, includeSelf);
      r = t.dtype().isFloating() ? r.div(n) : r.floorDivide(n);
    }
    return Record.rule(
        "ScatterReduceBackward0",
        r,
        new Tensor[] {t, source},
        new Tensor[] {t, index, source, r},
        (g, s, needs) -> gradients(g, s[0], dim, s[1], s[2], s[3], reduce, includeSelf));
  }

  private static ScatterMode mode(ScatterReduction reduce) {
    return switch (reduce) {
      case SUM, MEAN -> ScatterMode.ADD;
      case PROD -> ScatterMode.MUL;
      case AMAX -> ScatterMode.MAX;
      case AMIN -> ScatterMode.MIN;
    };
  }

  private static Number identity(ScatterReduction reduce, DType dtype) {
    return switch (reduce) {
      case SUM, MEAN -> 0;
      case PROD -> 1;
      case AMAX -> dtype.isFloating() ? Double.NEGATIVE_INFINITY : (Number) dtype.minInteger();
      case AMIN -> dtype.isFloating() ? Double.POSITIVE_INFINITY : (Number) dtype.maxInteger();
    };
  }

  private static Tensor counts(
      Tensor t, int dim, Tensor index, Tensor source, boolean includeSelf) {
    Tensor start = Executor.full(t.shape(), t.dtype(), t.device(), includeSelf ? 1L : 0L);
    Tensor ones = Executor.full(source.shape(), t.dtype(), t.device(), 1L);
    Tensor n = start.scatterAdd(dim, index, ones);
    return n.maskedFill(n.eq(0), 1);
  }

  private static @Nullable Tensor[] gradients(
      Tensor g,
      Tensor t,
      int dim,
      Tensor index,
      Tensor source,
      Tensor result,
      ScatterReduction reduce,
      boolean includeSelf) {
    Tensor[] both =
        switch (reduce) {
          case SUM -> {
            yield new Tensor[] {g, g.gather(dim, index)};
          }
          case MEAN -> {
            Tensor each = g.div(counts(t, dim, index, source, includeSelf));
            yield new Tensor[] {each, each.gather(dim, index)};
          }
          case PROD -> {
            Tensor filled = t.maskedFill(t.detach().eq(0), 1);
            Tensor whole = run(filled, dim, index, source, reduce, includeSelf);
            Tensor toSelf = g.mul(whole).div(filled);
            Tensor zero = source.detach().eq(0);
            Tensor zeros =
                Executor.full(t.shape(), t.dtype(), t.device(), 0L)
                    .scatterAdd(dim, index, zero.to(t.dtype()))
                    .gather(dim, index);
            Tensor alone = Scattering.corner(zero, index).logicalAnd(zeros.eq(1));
            Tensor wide = Scattering.widened(alone, source.shape());
            Tensor without = run(t, dim, index, source.maskedFill(wide, 1), reduce, includeSelf);
            Tensor toSource =
                Tensor.where(
                    alone,
                    g.mul(without).gather(dim, index),
                    g.mul(result)
                        .gather(dim, index)
                        .div(Scattering.corner(source.maskedFill(zero, 1), index)));
            yield new Tensor[] {toSelf, toSource};
          }
          case AMAX, AMIN -> {
            Tensor value = result.detach().gather(dim, index);
            Tensor here = t.detach().eq(result.detach());
            Tensor there = Scattering.corner(source.detach(), index).eq(value);
            Tensor n = here.to(t.dtype()).scatterAdd(dim, index, there.to(t.dtype()));
            Tensor each = g.div(n.maskedFill(n.eq(0), 1));
            yield new Tensor[] {each.where(here, 0), each.gather(dim, index).where(there, 0)};
          }
        };
    Tensor toSelf = includeSelf ? both[0] : both[0].scatter(dim, index, 0);
    return new @Nullable Tensor[] {toSelf, Scattering.padded(both[1], source.shape())};
  }
}
