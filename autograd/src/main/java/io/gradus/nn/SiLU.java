package io.gradus.nn;

import io.gradus.Tensor;

/** x sigmoid(x), elementwise. */
public final class SiLU extends Layer {
  /** The layer. */
  public SiLU() {}

  @Override
  public Tensor forward(Tensor x) {
    return x.silu();
  }
}
