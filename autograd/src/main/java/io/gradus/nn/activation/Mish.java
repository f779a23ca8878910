package io.gradus.nn.activation;

import io.gradus.Tensor;
import io.gradus.nn.Layer;

/**
 * {@code x tanh(softplus(x))}, elementwise.
 *
 * <p>D. Misra, "Mish: A Self Regularized Non-Monotonic Activation Function", 2019.
 */
public final class Mish extends Layer {
  /** The layer. */
  public Mish() {}

  @Override
  public Tensor forward(Tensor x) {
    return x.mish();
  }
}
