package io.gradus.nn;

import io.gradus.Tensor;

/** Hyperbolic tangent, elementwise. */
public final class Tanh extends Layer {
  /** The layer. */
  public Tanh() {}

  @Override
  public Tensor forward(Tensor x) {
    return x.tanh();
  }
}
