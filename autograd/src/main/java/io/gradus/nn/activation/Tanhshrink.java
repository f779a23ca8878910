package io.gradus.nn.activation;

import io.gradus.Tensor;
import io.gradus.nn.Layer;

/** {@code x - tanh(x)}, elementwise. */
public final class Tanhshrink extends Layer {
  /** The layer. */
  public Tanhshrink() {}

  @Override
  public Tensor forward(Tensor x) {
    return x.tanhshrink();
  }
}
