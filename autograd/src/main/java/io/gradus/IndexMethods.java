package io.gradus;

import io.gradus.exec.Indexing;

/** Elements chosen by position or condition. */
public sealed interface IndexMethods permits Tensor {
  /** This tensor. */
  Tensor self();

  /** The slices at the positions {@code index} (1-dim, i32 or i64) along a dimension, copied. */
  default Tensor indexSelect(int dim, Tensor index) {
    return Indexing.indexSelect(self(), dim, index);
  }

  /** This tensor with slices of {@code source} added at the positions {@code index}. */
  default Tensor indexAdd(int dim, Tensor index, Tensor source) {
    return Indexing.indexAdd(self(), dim, index, source);
  }
}
