package io.gradus;

import io.gradus.exec.Reductions;

/** Many elements to one. */
public sealed interface ReductionMethods permits Tensor {
  /** This tensor. */
  Tensor self();

  /** The sum of all elements; whole numbers and bool add up to {@code i64}. */
  default Tensor sum() {
    return sum(new int[0], false);
  }

  /** The sum over some dimensions, all if none is named. */
  default Tensor sum(int[] dims, boolean keepdim) {
    return Reductions.sum(self(), dims, keepdim);
  }

  /** The sum over the dimensions in which this tensor was broadcast from {@code sizes}. */
  default Tensor sumToSize(long... sizes) {
    return Reductions.sumToSize(self(), sizes);
  }

  /** Whether any element is not 0. */
  default Tensor any() {
    return Reductions.any(self(), new int[0], false);
  }
}
