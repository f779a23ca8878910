package io.gradus;

import io.gradus.exec.MaskedIndexing;
import io.gradus.exec.Matrices;
import io.gradus.exec.ScatterReduction;
import io.gradus.linalg.Linalg;
import io.gradus.tensor.dtype.DType;
import io.gradus.tensor.error.InvalidArgumentException;
import io.gradus.tensor.error.ShapeException;
import io.gradus.tensor.layout.Shape;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Operations that are a few others one after another. */
public sealed interface CompositeMethods permits Tensor {
  /** This tensor. */
  Tensor self();

  /**
   * A copy into which the slices of {@code source} along a dimension are reduced, each at the
   * position that {@code index} (1-dim) names; see {@link Tensor#scatterReduce}.
   */
  default Tensor indexReduce(
      int dim, Tensor index, Tensor source, ScatterReduction reduce, boolean includeSelf) {
    Tensor t = self();
    if (index.dim() > 1) {
      throw new ShapeException(
          "[index_reduce] index_reduce_(): Index is supposed to be a vector, but got dim: %d"
              .formatted(index.dim()));
    }
    if (t.dim() == 0) {
      return t.scatterReduce(0, index.reshape(new long[0]), source, reduce, includeSelf);
    }
    long[] shape = new long[t.dim()];
    Arrays.fill(shape, 1);
    shape[Shape.wrapDim(dim, t.dim())] = index.numel();
    Tensor places = index.reshape(shape).expand(source.shape().toArray());
    return t.scatterReduce(dim, places, source, reduce, includeSelf);
  }

  /**
   * The sums of products along a dimension; both operands broadcast.
   *
   * @throws io.gradus.tensor.error.DTypeException for dtypes that differ or are not floating
   */
  default Tensor vecdot(Tensor other, int dim) {
    Matrices.checkVectors(self(), other);
    return self().mul(other).sum(dim, false);
  }

  /** Slices along a dimension, those scaled down whose p-norm is above {@code maxnorm}. */
  default Tensor renorm(double p, int dim, double maxnorm) {
    Tensor t = self();
    if (p <= 0) {
      throw new InvalidArgumentException("[renorm] renorm: non-positive-norm not supported");
    }
    if (!(maxnorm >= 0)) {
      throw new InvalidArgumentException(
          "[renorm] renorm: expected maxnorm to be >= 0 but got " + maxnorm);
    }
    if (t.dim() < 2) {
      throw new ShapeException(
          "[renorm] renorm: input needs at least 2 dimensions, got %d dimensions"
              .formatted(t.dim()));
    }
    int kept = Shape.wrapDim(dim, t.dim());
    int[] others = new int[t.dim() - 1];
    for (int d = 0, n = 0; d < t.dim(); d++) {
      if (d != kept) {
        others[n++] = d;
      }
    }
    Tensor length = t.vectorNorm(p, others, true);
    Tensor factor = length.add(1e-7).reciprocal().mul(maxnorm);
    return t.mul(factor.where(length.gt(maxnorm), 1));
  }

  /** The logarithm of the determinant; NaN where that is negative. */
  default Tensor logdet() {
    Linalg.SignLogDet d = Linalg.slogdet(self());
    return d.logabsdet().where(d.sign().ne(-1), Double.NaN);
  }

  /**
   * x with {@code l lᵀ x = this}, for the triangle l of {@link Linalg#cholesky}; batches broadcast.
   *
   * @param upper the triangle is the transpose of l
   */
  default Tensor choleskySolve(Tensor triangle, boolean upper) {
    return Linalg.choleskySolve(self(), triangle, upper);
  }

  /** {@link #choleskySolve(Tensor, boolean)} with the lower triangle. */
  default Tensor choleskySolve(Tensor triangle) {
    return choleskySolve(triangle, false);
  }

  /** The inverse of the matrix of which this is the {@link Linalg#cholesky} triangle. */
  default Tensor choleskyInverse(boolean upper) {
    return Linalg.choleskyInverse(self(), upper);
  }

  /** {@link #choleskyInverse(boolean)} of the lower triangle. */
  default Tensor choleskyInverse() {
    return choleskyInverse(false);
  }

  /** {@link Tensor#nonzero} with just {@code size} rows: cut off, or filled up with a number. */
  default Tensor nonzeroStatic(long size, long fill) {
    if (size < 0) {
      throw new InvalidArgumentException(
          "[nonzero_static] nonzero_static: 'size' must be an non-negative integer");
    }
    Tensor rows = self().nonzero();
    long n = Math.min(size, rows.size(0));
    Tensor all = Tensor.full(new long[] {size, self().dim()}, fill).to(rows.device());
    all.narrow(0, 0, n).copy_(rows.narrow(0, 0, n));
    return all;
  }

  /**
   * The coordinates of positions in a flattened tensor of some shape, one tensor a dimension.
   *
   * @throws InvalidArgumentException for a dimension that is not positive
   */
  default List<Tensor> unravelIndex(long... shape) {
    Tensor rest = self().to(DType.I64);
    ArrayDeque<Tensor> all = new ArrayDeque<>();
    for (int d = shape.length - 1; d >= 0; d--) {
      if (shape[d] < 1) {
        throw new InvalidArgumentException(
            "[unravel_index] torch.unravel_index: 'shape' cannot have non-positive values: "
                + Arrays.toString(shape));
      }
      all.addFirst(rest.remainder(shape[d]));
      rest = rest.floorDivide(shape[d]);
    }
    return List.copyOf(all);
  }

  /**
   * The elements at positions along each dimension, and a number where a mask is false: there the
   * positions may lie outside.
   *
   * @param indices one index tensor a dimension, null for dimensions that stay whole
   */
  default Tensor maskedIndex(Tensor mask, List<@Nullable Tensor> indices, Number fill) {
    return MaskedIndexing.get(self(), mask, indices, fill);
  }

  /** A copy with values added at positions, see {@link #maskedIndex}, where a mask is true. */
  default Tensor maskedIndexPut(Tensor mask, List<@Nullable Tensor> indices, Tensor values) {
    return MaskedIndexing.add(self(), mask, indices, values);
  }
}
