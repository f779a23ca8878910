package io.gradus.nn.activation;

import io.gradus.Tensor;
import io.gradus.nn.Layer;

/** {@code x} where {@code |x| > lambda}, else 0, elementwise. */
public final class Hardshrink extends Layer {
  private final double lambda;

  /** With lambda 0.5. */
  public Hardshrink() {
    this(0.5);
  }

  /**
   * With settings.
   *
   * @param lambda lambda, half the width of what becomes 0
   */
  public Hardshrink(double lambda) {
    this.lambda = lambda;
  }

  @Override
  public Tensor forward(Tensor x) {
    return x.hardshrink(lambda);
  }

  @Override
  protected String extraRepr() {
    return "lambda=%s".formatted(lambda);
  }
}
