package io.gradus.nn.activation;

import io.gradus.Tensor;
import io.gradus.nn.Layer;

/** {@code x / (1 + |x|)}, elementwise. */
public final class Softsign extends Layer {
  /** The layer. */
  public Softsign() {}

  @Override
  public Tensor forward(Tensor x) {
    return x.softsign();
  }
}
