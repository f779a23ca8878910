package io.gradus.nn;

import io.gradus.Tensor;

/** 1 / (1 + exp(-x)), elementwise. */
public final class Sigmoid extends Layer {
  /** The layer. */
  public Sigmoid() {}

  @Override
  public Tensor forward(Tensor x) {
    return x.sigmoid();
  }
}
