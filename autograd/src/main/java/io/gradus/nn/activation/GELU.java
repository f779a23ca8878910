package io.gradus.nn.activation;

import io.gradus.Tensor;
import io.gradus.nn.Layer;

/**
 * {@code x Φ(x)} with the distribution function of the normal distribution, elementwise.
 *
 * <p>D. Hendrycks and K. Gimpel, "Gaussian Error Linear Units", 2016.
 */
public final class GELU extends Layer {
  private final String approximate;

  /** Exact. */
  public GELU() {
    this("none");
  }

  /**
   * With or without approximation.
   *
   * @param approximate {@code none}, or {@code tanh} for the formula with a hyperbolic tangent
   */
  public GELU(String approximate) {
    this.approximate = approximate;
  }

  @Override
  public Tensor forward(Tensor x) {
    return x.gelu(approximate);
  }

  @Override
  protected String extraRepr() {
    return "approximate='" + approximate + "'";
  }
}
