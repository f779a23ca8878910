package io.gradus.nn;

import io.gradus.Tensor;

/** In training drops whole channels of [batch, channels, d, h, w]. */
public final class Dropout3d extends Layer {
  private final double p;

  /** With probability 0.5. */
  public Dropout3d() {
    this(0.5);
  }

  /** With a probability. */
  public Dropout3d(double p) {
    Functional.checkProbability("Dropout3d", p);
    this.p = p;
  }

  @Override
  public Tensor forward(Tensor x) {
    return Dropouts.dropout3d(x, p, isTraining());
  }

  @Override
  protected String extraRepr() {
    return "p=" + p;
  }
}
