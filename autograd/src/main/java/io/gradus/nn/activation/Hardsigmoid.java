package io.gradus.nn.activation;

import io.gradus.Tensor;
import io.gradus.nn.Layer;

/** {@code min(max(0, x + 3), 6) / 6}, elementwise. */
public final class Hardsigmoid extends Layer {
  /** The layer. */
  public Hardsigmoid() {}

  @Override
  public Tensor forward(Tensor x) {
    return x.hardsigmoid();
  }
}
