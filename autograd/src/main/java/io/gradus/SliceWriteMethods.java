package io.gradus;

import io.gradus.tensor.error.ShapeException;
import io.gradus.tensor.layout.Slice;

/**
 * Copies in which a part is replaced: what writing into a view is in place, as a value.
 *
 * <p>Both the tensor and the new part take gradient.
 */
public sealed interface SliceWriteMethods permits Tensor {
  /** This tensor. */
  Tensor self();

  /**
   * A copy with {@code source} at one position of a dimension, in the place of {@link
   * ViewMethods#select}.
   *
   * @throws ShapeException if the source has not the shape of that part
   */
  default Tensor selectScatter(Tensor source, int dim, long index) {
    Tensor copy = self().clone();
    return replaced("select_scatter", copy, copy.select(dim, index), source);
  }

  /**
   * A copy with {@code source} at a range of a dimension.
   *
   * @throws ShapeException if the source has not the shape of that part
   */
  default Tensor sliceScatter(Tensor source, int dim, Slice range) {
    Tensor copy = self().clone();
    return replaced("slice_scatter", copy, copy.slice(dim, range), source);
  }

  /** {@link #diagonalScatter(Tensor, long, int, int)} for the main diagonal of a matrix. */
  default Tensor diagonalScatter(Tensor source) {
    return diagonalScatter(source, 0, 0, 1);
  }

  /**
   * A copy with {@code source} on a diagonal.
   *
   * @throws ShapeException if the source has not the shape of that part
   */
  default Tensor diagonalScatter(Tensor source, long offset, int dim1, int dim2) {
    Tensor copy = self().clone();
    return replaced("diagonal_scatter", copy, copy.diagonal(offset, dim1, dim2), source);
  }

  /** A matrix with all elements of this tensor on a diagonal, zeros elsewhere. */
  default Tensor diagflat(long offset) {
    return self().reshape(-1).diagEmbed(offset, 0, 1);
  }

  /** {@link #diagflat(long)} on the main diagonal. */
  default Tensor diagflat() {
    return diagflat(0);
  }

  /**
   * A copy with {@code source} where {@link Tensor#asStrided} would look.
   *
   * @throws ShapeException if the source has not the shape of that part
   */
  default Tensor asStridedScatter(Tensor source, long[] sizes, long[] strides, long storageOffset) {
    Tensor t = self();
    Tensor copy =
        t.isContiguous() && t.storageOffset() == 0
            ? t.clone()
            : t.asStrided(new long[] {Internals.operand(t).storage().size()}, new long[] {1}, 0)
                .clone()
                .asStrided(t.shape().toArray(), t.stride(), t.storageOffset());
    return replaced(
        "as_strided_scatter", copy, copy.asStrided(sizes, strides, storageOffset), source);
  }

  private static Tensor replaced(String name, Tensor copy, Tensor part, Tensor source) {
    if (!part.shape().equals(source.shape())) {
      throw new ShapeException(
          "[%s] expected src to have a size equal to the slice of self. src size = %s, slice size = %s"
              .formatted(name, source.shape(), part.shape()));
    }
    part.copy_(source);
    return copy;
  }
}
