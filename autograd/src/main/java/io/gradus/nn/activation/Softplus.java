package io.gradus.nn.activation;

import io.gradus.Tensor;
import io.gradus.nn.Layer;

/**
 * {@code log(1 + exp(beta x)) / beta}, elementwise; x itself where {@code beta x} is above the
 * threshold.
 */
public final class Softplus extends Layer {
  private final double beta;
  private final double threshold;

  /** With beta 1.0, threshold 20.0. */
  public Softplus() {
    this(1.0, 20.0);
  }

  /**
   * With settings.
   *
   * @param beta beta, how sharp the bend is
   * @param threshold threshold, from where on the function is linear
   */
  public Softplus(double beta, double threshold) {
    this.beta = beta;
    this.threshold = threshold;
  }

  @Override
  public Tensor forward(Tensor x) {
    return x.softplus(beta, threshold);
  }

  @Override
  protected String extraRepr() {
    return "beta=%s, threshold=%s".formatted(beta, threshold);
  }
}
