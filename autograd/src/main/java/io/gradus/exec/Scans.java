package io.gradus.exec;

import io.gradus.Internals;
import io.gradus.Tensor;
import io.gradus.ValuesIndices;
import io.gradus.graph.Record;
import io.gradus.tensor.dtype.DType;
import io.gradus.tensor.error.DTypeException;
import io.gradus.tensor.kernel.Kernel;
import io.gradus.tensor.kernel.Operand;
import io.gradus.tensor.kernel.ScanOp;
import io.gradus.tensor.layout.Layout;
import io.gradus.tensor.layout.Shape;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Running reductions along a dimension, with their gradients. */
public final class Scans {
  private Scans() {}

  private static Tensor run(ScanOp op, Tensor t, int dim, @Nullable Tensor indices) {
    DType dtype =
        switch (op) {
          case SUM, PROD -> t.dtype().isFloating() ? t.dtype() : DType.I64;
          case MAX, MIN, LOGSUMEXP -> t.dtype();
        };
    return run(op, t, dim, indices, dtype);
  }

  private static Tensor run(ScanOp op, Tensor t, int dim, @Nullable Tensor indices, DType dtype) {
    Operand out = Allocation.of(t.device(), dtype, t.shape());
    if (t.numel() > 0) {
      t.device()
          .run(
              new Kernel.Scan(
                  op,
                  atLeast1d(Internals.operand(t)),
                  Shape.wrapDim(dim, t.dim()),
                  atLeast1d(out),
                  indices == null ? null : atLeast1d(Internals.operand(indices))));
    } else {
      Shape.wrapDim(dim, t.dim());
    }
    return Internals.fresh(out);
  }

  private static Operand atLeast1d(Operand x) {
    return x.layout().rank() > 0
        ? x
        : x.with(Layout.of(Shape.of(1), new long[] {1}, x.layout().offset()));
  }

  /** See {@link Tensor#cumsum}. */
  public static Tensor cumsum(Tensor t, int dim) {
    return Record.rule(
        "CumsumBackward0",
        run(ScanOp.SUM, t, dim, null),
        t,
        (g, s, needs) -> new Tensor[] {reverseCumsum(g, dim)});
  }

  /** A running sum or product of whole numbers that stays in a dtype. */
  public static Tensor whole(Tensor t, int dim, DType dtype, boolean product) {
    Tensor x = t.to(dtype);
    if (dtype.isFloating()) {
      return product ? cumprod(x, dim) : cumsum(x, dim);
    }
    return run(product ? ScanOp.PROD : ScanOp.SUM, x, dim, null, dtype);
  }

  private static Tensor reverseCumsum(Tensor g, int dim) {
    return g.dim() == 0 ? g : g.flip(dim).cumsum(dim).flip(dim);
  }

  /** See {@link Tensor#cumprod}. */
  public static Tensor cumprod(Tensor t, int dim) {
    Tensor result = run(ScanOp.PROD, t, dim, null);
    return Record.rule(
        "CumprodBackward0",
        result,
        new Tensor[] {t},
        new Tensor[] {t, result},
        (g, s, needs) -> {
          Tensor x = s[0];
          if (x.dim() == 0 || x.numel() == 0) {
            return new Tensor[] {g};
          }
          boolean zeros = x.detach().all().item().longValue() == 0;
          return new Tensor[] {
            zeros ? termByTerm(g, x, dim) : reverseCumsum(g.mul(s[1]), dim).div(x)
          };
        });
  }

  /** Without a division: the gradient of element k is the sum of g times products that omit it. */
  private static Tensor termByTerm(Tensor g, Tensor x, int dim) {
    long n = x.size(dim);
    Tensor one = Executor.full(x.shape().with(dim, 1), x.dtype(), x.device(), 1L);
    List<Tensor> parts = new ArrayList<>();
    for (long k = 0; k < n; k++) {
      Tensor omitted =
          Tensor.cat(List.of(one, x.narrow(dim, k + 1, n - k - 1)), dim)
              .cumprod(dim)
              .mul(x.narrow(dim, 0, k).prod(dim, true));
      parts.add(omitted.mul(g.narrow(dim, k, n - k)).sum(dim, true));
    }
    return Tensor.cat(parts, dim);
  }

  /** See {@link Tensor#cummax}, {@link Tensor#cummin}. */
  public static ValuesIndices extreme(Tensor t, int dim, boolean max) {
    Tensor indices = Internals.fresh(Allocation.of(t.device(), DType.I64, t.shape()));
    Tensor values = run(max ? ScanOp.MAX : ScanOp.MIN, t, dim, indices);
    Shape shape = t.shape();
    Record.rules(
        max ? "CummaxBackward0" : "CumminBackward0",
        new Tensor[] {values, indices},
        new Tensor[] {t},
        new Tensor[] {indices},
        (g, s, needs) ->
            new Tensor[] {g[0] == null ? null : Extremes.spread(g[0], shape, dim, s[0])});
    return new ValuesIndices(values, indices);
  }

  /** See {@link Tensor#logcumsumexp}. */
  public static Tensor logcumsumexp(Tensor t, int dim) {
    if (!t.dtype().isFloating()) {
      throw new DTypeException(
          "[logcumsumexp] logcumsumexp(): Expected a floating point or complex tensor as input, got"
              + " "
              + t.dtype());
    }
    Tensor result = run(ScanOp.LOGSUMEXP, t, dim, null);
    return Record.rule(
        "LogcumsumexpBackward0",
        result,
        new Tensor[] {t},
        new Tensor[] {t, result},
        (g, s, needs) -> {
          if (g.dim() == 0 || g.numel() == 0) {
            return new Tensor[] {g};
          }
          // In logarithms, apart for either sign, as PyTorch does: the exponentials may overflow.
          Tensor up = share(g, g.detach().gt(0), s, dim);
          Tensor down = share(g.neg(), g.detach().lt(0), s, dim);
          return new Tensor[] {up.sub(down)};
        });
  }

  private static Tensor share(Tensor g, Tensor mask, Tensor[] s, int dim) {
    Tensor log = g.abs().log().sub(s[1]).where(mask, Double.NEGATIVE_INFINITY);
    return log.flip(dim).logcumsumexp(dim).flip(dim).add(s[0]).exp();
  }
}
