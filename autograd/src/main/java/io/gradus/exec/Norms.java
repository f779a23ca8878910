package io.gradus.exec;

import io.gradus.Tensor;
import io.gradus.graph.GradMode;
import io.gradus.graph.Record;
import io.gradus.tensor.error.DTypeException;
import io.gradus.tensor.error.ShapeException;
import io.gradus.tensor.layout.Shape;

/** Lengths of vectors and distances between them, with their gradients. */
public final class Norms {
  private Norms() {}

  /** See {@link Tensor#vectorNorm}. */
  public static Tensor vector(Tensor t, double p, int[] dims, boolean keepdim) {
    if (!t.dtype().isFloating()) {
      throw new DTypeException(
          "[vector_norm] linalg.vector_norm: Expected a floating point or complex tensor as input. Got %s; convert with to(f32)"
              .formatted(t.dtype()));
    }
    boolean[] axes = Axes.of("norm", t, dims);
    Tensor result;
    try (GradMode.Scope _ = GradMode.noGrad()) {
      result = value(t.to(t.dtype().compute().dtype()), p, dims, axes, keepdim).to(t.dtype());
    }
    return Record.rule(
        "LinalgVectorNormBackward0",
        result,
        new Tensor[] {t},
        new Tensor[] {t, result},
        (g, s, needs) -> {
          Shape shape = s[0].shape();
          return new Tensor[] {
            gradient(
                s[0],
                Axes.keep(g, shape, axes, keepdim),
                Axes.keep(s[1], shape, axes, keepdim),
                p,
                Axes.list(axes))
          };
        });
  }

  private static Tensor value(Tensor t, double p, int[] dims, boolean[] axes, boolean keepdim) {
    if (t.numel() == 0 && (p < 0 || p == Double.POSITIVE_INFINITY) && Axes.count(t, axes) == 0) {
      throw new ShapeException(
          "[vector_norm] linalg.vector_norm cannot compute the %s norm on an empty tensor because the operation does not have an identity: shape %s"
              .formatted(p, t.shape()));
    }
    Tensor x = t.abs();
    if (p == Double.POSITIVE_INFINITY) {
      return x.amax(dims, keepdim);
    }
    if (p == Double.NEGATIVE_INFINITY) {
      return x.amin(dims, keepdim);
    }
    if (p == 0) {
      return x.ne(0).to(t.dtype()).sum(dims, keepdim);
    }
    if (p == 1) {
      return x.sum(dims, keepdim);
    }
    if (p == 2) {
      return t.mul(t).sum(dims, keepdim).sqrt();
    }
    return x.pow(p).sum(dims, keepdim).pow(1 / p);
  }

  /** The formulas of PyTorch's {@code linalg_vector_norm_backward}: 0 where the norm is 0. */
  private static Tensor gradient(Tensor x, Tensor g, Tensor norm, double p, int[] dims) {
    if (p == 0) {
      return Executor.full(x.shape(), x.dtype(), x.device(), 0L);
    }
    if (p == 1 || x.numel() == 0) {
      // Of nothing the norm is 0, and dividing by it would make a NaN of a gradient that is none.
      return x.sgn().mul(g);
    }
    if (p == 2) {
      return x.div(norm).maskedFill(norm.detach().eq(0), 0).mul(g);
    }
    if (Double.isInfinite(p)) {
      Tensor top = x.detach().abs().eq(norm.detach()).logicalOr(norm.detach().isnan());
      Tensor count = dims.length == 0 ? top.sum() : top.sum(dims, true);
      return g.div(count).mul(x.sgn()).where(top, 0);
    }
    Tensor a = x.abs();
    if (p < 1) {
      Tensor each = x.sgn().mul(a.pow(p - 1)).maskedFill(x.detach().eq(0), 0);
      return each.mul(g).mul(norm.pow(1 - p));
    }
    Tensor scale = g.div(norm.pow(p - 1)).maskedFill(norm.detach().eq(0), 0);
    Tensor each = p < 2 ? x.sgn().mul(a.pow(p - 1)) : x.mul(a.pow(p - 2));
    return each.mul(scale);
  }

  /** See {@link Tensor#cdist}. */
  public static Tensor cdist(Tensor a, Tensor b, double p) {
    if (a.dim() < 2 || b.dim() < 2 || a.size(-1) != b.size(-1)) {
      throw new ShapeException(
          "[cdist] X1 and X2 must have the same number of columns and at least two dimensions. X1: %s X2: %s"
              .formatted(a.shape(), b.shape()));
    }
    return vector(a.unsqueeze(-2).sub(b.unsqueeze(-3)), p, new int[] {-1}, false);
  }
}
