package io.gradus.nn;

import io.gradus.Tensor;

/** x Φ(x), Gaussian error linear unit, elementwise. */
public final class GELU extends Layer {
  /** The layer. */
  public GELU() {}

  @Override
  public Tensor forward(Tensor x) {
    return x.gelu();
  }
}
