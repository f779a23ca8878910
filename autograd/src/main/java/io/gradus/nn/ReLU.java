package io.gradus.nn;

import io.gradus.Tensor;

/** max(x, 0), elementwise. */
public final class ReLU extends Layer {
  /** The layer. */
  public ReLU() {}

  @Override
  public Tensor forward(Tensor x) {
    return x.relu();
  }
}
