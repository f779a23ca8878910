package io.gradus.nn.activation;

import io.gradus.Tensor;
import io.gradus.nn.Layer;

/** {@code min(max(0, x), 6)}, elementwise. */
public final class ReLU6 extends Layer {
  /** The layer. */
  public ReLU6() {}

  @Override
  public Tensor forward(Tensor x) {
    return x.relu6();
  }
}
