package io.gradus.linalg;

import io.gradus.Tensor;
import io.gradus.graph.GradMode;
import io.gradus.tensor.error.DTypeException;
import io.gradus.tensor.error.InvalidArgumentException;
import io.gradus.tensor.error.ShapeException;
import io.gradus.tensor.layout.Shape;
import java.util.function.UnaryOperator;

/** Norms of matrices and how far they are from singular ones. */
final class MatrixNorms {
  private static final int[] LAST = {-2, -1};

  private MatrixNorms() {}

  private static void check(Tensor t, int[] dims) {
    if (!t.dtype().isFloating()) {
      throw new DTypeException(
          "[matrix_norm] linalg.matrix_norm: Expected a floating point or complex tensor as input. Got %s; convert with to(f32)"
              .formatted(t.dtype()));
    }
    if (t.dim() < 2) {
      throw new ShapeException(
          "[matrix_norm] linalg.matrix_norm: The input tensor A must have at least 2 dimensions:"
              + " shape "
              + t.shape());
    }
    if (dims.length != 2) {
      throw new InvalidArgumentException(
          "[matrix_norm] linalg.matrix_norm: dim must be a 2-tuple, got %d dimensions"
              .formatted(dims.length));
    }
    if (Shape.wrapDim(dims[0], t.dim()) == Shape.wrapDim(dims[1], t.dim())) {
      throw new InvalidArgumentException(
          "[matrix_norm] linalg.matrix_norm: dims must be different. Got (%d, %d)"
              .formatted(dims[0], dims[1]));
    }
  }

  static Tensor of(Tensor t, MatrixNorm ord, int[] dims, boolean keepdim) {
    check(t, dims);
    return switch (ord) {
      case FRO -> t.vectorNorm(2, dims, keepdim);
      case NUC -> kept(singular(t, dims).sum(-1, false), t, dims, keepdim);
    };
  }

  static Tensor of(Tensor t, double ord, int[] dims, boolean keepdim) {
    check(t, dims);
    double p = Math.abs(ord);
    if (p != 1 && p != 2 && !Double.isInfinite(p)) {
      throw new InvalidArgumentException(
          "[matrix_norm] linalg.matrix_norm: Order %s not supported; one of 1, 2, infinity and their negatives"
              .formatted(ord));
    }
    Tensor each =
        p == 2
            ? singular(t, dims)
            : t.vectorNorm(1, new int[] {dims[p == 1 ? 0 : 1]}, true)
                .movedim(dims, LAST)
                .squeeze(p == 1 ? -2 : -1);
    // The largest of none is 0, the smallest is an error.
    boolean none = each.size(-1) == 0 && ord > 0;
    Tensor norm = none ? each.sum(-1, false) : ord < 0 ? each.amin(-1) : each.amax(-1);
    return kept(norm, t, dims, keepdim);
  }

  private static Tensor singular(Tensor t, int[] dims) {
    return Spectra.svd(t.movedim(dims, LAST)).s();
  }

  private static Tensor kept(Tensor norm, Tensor t, int[] dims, boolean keepdim) {
    if (!keepdim) {
      return norm;
    }
    int a = Shape.wrapDim(dims[0], t.dim());
    int b = Shape.wrapDim(dims[1], t.dim());
    return norm.unsqueeze(Math.min(a, b)).unsqueeze(Math.max(a, b));
  }

  /** See {@link Linalg#norm(Tensor, double, int[], boolean)}. */
  static int[] dims(Tensor t, int[] dims, boolean matrix) {
    if (dims.length == 0 && (t.dim() == 2 || t.dim() == 1)) {
      return t.dim() == 2 || matrix ? LAST : new int[] {0};
    }
    if (dims.length == 0 || dims.length > 2) {
      throw new ShapeException(
          dims.length == 0
              ? "[norm] linalg.norm: If dim is not specified but ord is, the input must be 1D or 2D. Got %dD."
                  .formatted(t.dim())
              : "[norm] linalg.norm: If dim is specified, it must be of length 1 or 2. Got %d dimensions."
                  .formatted(dims.length));
    }
    return dims;
  }

  /** See {@link Linalg#cond(Tensor)}. */
  static Tensor cond(Tensor a, double p) {
    if (Math.abs(p) == 2) {
      Batch.checkMatrices("cond", a);
      Tensor s = Spectra.svd(a).s();
      if (s.size(-1) == 0) {
        return Tensor.zerosLike(a).sum(LAST, false);
      }
      Tensor most = s.select(-1, 0);
      Tensor least = s.select(-1, -1);
      return p > 0 ? most.div(least) : least.div(most);
    }
    return product(a, x -> of(x, p, LAST, false));
  }

  static Tensor cond(Tensor a, MatrixNorm p) {
    if (p == MatrixNorm.NUC) {
      Batch.checkSquare("cond", a);
      Tensor s = Spectra.svd(a).s();
      return s.sum(-1, false).mul(s.reciprocal().sum(-1, false));
    }
    return product(a, x -> of(x, p, LAST, false));
  }

  /** The norm of a matrix times that of its inverse: infinite for a singular one. */
  private static Tensor product(Tensor a, UnaryOperator<Tensor> norm) {
    Batch.checkSquare("cond", a);
    if (a.numel() == 0) {
      return Tensor.zerosLike(a).sum(LAST, false);
    }
    Linalg.InverseInfo inverse = Equations.inv(a, false);
    Tensor singular;
    try (GradMode.Scope _ = GradMode.noGrad()) {
      singular = inverse.info().ne(0);
    }
    Tensor cleared = inverse.inverse().maskedFill(matrix(singular), Double.POSITIVE_INFINITY);
    return norm.apply(a).mul(norm.apply(cleared)).maskedFill(singular, Double.POSITIVE_INFINITY);
  }

  private static Tensor matrix(Tensor flags) {
    return flags.unsqueeze(-1).unsqueeze(-1);
  }
}
