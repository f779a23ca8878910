package io.gradus.nn.activation;

import io.gradus.Tensor;
import io.gradus.nn.Layer;

/** 1 / (1 + exp(-x)), elementwise. */
public final class Sigmoid extends Layer {
  /** The layer. */
  public Sigmoid() {}

  @Override
  public Tensor forward(Tensor x) {
    return x.sigmoid();
  }
}
