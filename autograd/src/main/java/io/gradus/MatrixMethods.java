package io.gradus;

import io.gradus.exec.Products;
import io.gradus.tensor.error.ShapeException;

/** Matrix products and what is built from them. */
public sealed interface MatrixMethods permits Tensor {
  /** This tensor. */
  Tensor self();

  /**
   * The product by the ranks of the operands: dot product of vectors, matrix times vector, matrix
   * times matrix; leading dimensions are batches and broadcast.
   *
   * @throws ShapeException for 0-dim operands, and inner sizes that differ
   */
  default Tensor matmul(Tensor other) {
    return Products.matmul(self(), other);
  }

  /** The product of two matrices: [n, k] x [k, m] to [n, m]. */
  default Tensor mm(Tensor other) {
    return Products.mm(self(), other);
  }

  /** The products of two batches of matrices: [b, n, k] x [b, k, m] to [b, n, m]. */
  default Tensor bmm(Tensor other) {
    return Products.bmm(self(), other);
  }

  /** A matrix times a vector: [n, k] x [k] to [n]. */
  default Tensor mv(Tensor vector) {
    return Products.mv(self(), vector);
  }

  /** The sum of the products of two vectors, 0-dim. */
  default Tensor dot(Tensor other) {
    return Products.dot(self(), other);
  }

  /** {@link #dot}; the same for real numbers. */
  default Tensor vdot(Tensor other) {
    return Products.dot(self(), other);
  }

  /** All products of an element of this vector with one of another: [n] x [m] to [n, m]. */
  default Tensor outer(Tensor other) {
    Tensor t = self();
    if (t.dim() != 1 || other.dim() != 1) {
      throw new ShapeException(
          "[outer] outer: Expected 1-D argument self and vec2, but got %d-D and %d-D"
              .formatted(t.dim(), other.dim()));
    }
    return t.unsqueeze(1).mul(other.unsqueeze(0));
  }
}
