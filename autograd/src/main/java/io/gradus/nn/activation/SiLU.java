package io.gradus.nn.activation;

import io.gradus.Tensor;
import io.gradus.nn.Layer;

/** x sigmoid(x), elementwise. */
public final class SiLU extends Layer {
  /** The layer. */
  public SiLU() {}

  @Override
  public Tensor forward(Tensor x) {
    return x.silu();
  }
}
