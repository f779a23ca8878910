package io.gradus.nn.activation;

import io.gradus.Tensor;
import io.gradus.nn.Layer;

/**
 * {@code max(0, x) + min(0, alpha (exp(x / alpha) - 1))}, elementwise.
 *
 * <p>J. Barron, "Continuously Differentiable Exponential Linear Units", 2017.
 */
public final class CELU extends Layer {
  private final double alpha;

  /** With alpha 1.0. */
  public CELU() {
    this(1.0);
  }

  /**
   * With settings.
   *
   * @param alpha alpha, not 0
   */
  public CELU(double alpha) {
    this.alpha = alpha;
  }

  @Override
  public Tensor forward(Tensor x) {
    return x.celu(alpha);
  }

  @Override
  protected String extraRepr() {
    return "alpha=%s".formatted(alpha);
  }
}
