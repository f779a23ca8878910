package io.gradus.nn;

import io.gradus.Tensor;

/** In training drops whole channels of [batch, channels, …] and keeps mean 0 and variance 1. */
public final class FeatureAlphaDropout extends Layer {
  private final double p;

  /** With probability 0.5. */
  public FeatureAlphaDropout() {
    this(0.5);
  }

  /** With a probability. */
  public FeatureAlphaDropout(double p) {
    Functional.checkProbability("FeatureAlphaDropout", p);
    this.p = p;
  }

  @Override
  public Tensor forward(Tensor x) {
    return Dropouts.featureAlphaDropout(x, p, isTraining());
  }

  @Override
  protected String extraRepr() {
    return "p=" + p;
  }
}
