package io.gradus.benchmarks.ours;

import io.gradus.Tensor;
import io.gradus.benchmarks.Inputs;

/** Tensors of normal numbers. */
final class Normal {
  private Normal() {}

  /** A leaf that shares its array with nobody, so that operations on it may wait. */
  static Tensor of(long seed, long... shape) {
    int n = 1;
    for (long size : shape) {
      n *= (int) size;
    }
    // detached: a view of a leaf is no leaf
    return Tensor.tensor(Inputs.normal(n, seed)).view(shape).detach();
  }
}
