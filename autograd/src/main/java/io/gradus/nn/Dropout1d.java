package io.gradus.nn;

import io.gradus.Tensor;

/** In training drops whole channels of [batch, channels, length] or [channels, length]. */
public final class Dropout1d extends Layer {
  private final double p;

  /** With probability 0.5. */
  public Dropout1d() {
    this(0.5);
  }

  /** With a probability. */
  public Dropout1d(double p) {
    Functional.checkProbability("Dropout1d", p);
    this.p = p;
  }

  @Override
  public Tensor forward(Tensor x) {
    return Dropouts.dropout1d(x, p, isTraining());
  }

  @Override
  protected String extraRepr() {
    return "p=" + p;
  }
}
