package io.gradus.nn;

import io.gradus.Tensor;

/**
 * In training drops elements and keeps mean 0 and variance 1, for networks of {@link
 * io.gradus.nn.activation.SELU}.
 */
public final class AlphaDropout extends Layer {
  private final double p;

  /** With probability 0.5. */
  public AlphaDropout() {
    this(0.5);
  }

  /** With a probability. */
  public AlphaDropout(double p) {
    Functional.checkProbability("AlphaDropout", p);
    this.p = p;
  }

  @Override
  public Tensor forward(Tensor x) {
    return Dropouts.alphaDropout(x, p, isTraining());
  }

  @Override
  protected String extraRepr() {
    return "p=" + p;
  }
}
