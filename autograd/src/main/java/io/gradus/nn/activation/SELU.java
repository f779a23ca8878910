package io.gradus.nn.activation;

import io.gradus.Tensor;
import io.gradus.nn.Layer;

/**
 * {@code scale (max(0, x) + min(0, alpha (exp(x) - 1)))} with the constants that keep mean 0 and
 * variance 1, elementwise.
 *
 * <p>G. Klambauer et al., "Self-Normalizing Neural Networks", 2017.
 */
public final class SELU extends Layer {
  /** The layer. */
  public SELU() {}

  @Override
  public Tensor forward(Tensor x) {
    return x.selu();
  }
}
