package io.gradus;

import io.gradus.exec.Products;

/** Matrix products and linear algebra. */
public sealed interface MatrixMethods permits Tensor {
  /** This tensor. */
  Tensor self();

  /** The product of two matrices: [n, k] x [k, m] to [n, m]. */
  default Tensor mm(Tensor other) {
    return Products.mm(self(), other);
  }
}
