package io.gradus.nn.activation;

import io.gradus.Tensor;
import io.gradus.nn.Layer;

/** {@code log(1 / (1 + exp(-x)))}, elementwise, without overflow. */
public final class LogSigmoid extends Layer {
  /** The layer. */
  public LogSigmoid() {}

  @Override
  public Tensor forward(Tensor x) {
    return x.logsigmoid();
  }
}
