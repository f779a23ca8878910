package io.gradus.nn;

import io.gradus.Tensor;

/** In training drops whole channels of [batch, channels, h, w]. */
public final class Dropout2d extends Layer {
  private final double p;

  /** With probability 0.5. */
  public Dropout2d() {
    this(0.5);
  }

  /** With a probability. */
  public Dropout2d(double p) {
    Functional.checkProbability("Dropout2d", p);
    this.p = p;
  }

  @Override
  public Tensor forward(Tensor x) {
    return Dropouts.dropout2d(x, p, isTraining());
  }

  @Override
  protected String extraRepr() {
    return "p=" + p;
  }
}
