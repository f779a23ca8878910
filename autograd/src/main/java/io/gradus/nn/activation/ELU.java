package io.gradus.nn.activation;

import io.gradus.Tensor;
import io.gradus.nn.Layer;

/**
 * {@code x} where positive, else {@code alpha (exp(x) - 1)}, elementwise.
 *
 * <p>D.-A. Clevert et al., "Fast and Accurate Deep Network Learning by Exponential Linear Units",
 * ICLR 2016.
 */
public final class ELU extends Layer {
  private final double alpha;

  /** With alpha 1.0. */
  public ELU() {
    this(1.0);
  }

  /**
   * With settings.
   *
   * @param alpha alpha, the limit below is its negative
   */
  public ELU(double alpha) {
    this.alpha = alpha;
  }

  @Override
  public Tensor forward(Tensor x) {
    return x.elu(alpha);
  }

  @Override
  protected String extraRepr() {
    return "alpha=%s".formatted(alpha);
  }
}
