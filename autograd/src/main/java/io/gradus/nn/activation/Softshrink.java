package io.gradus.nn.activation;

import io.gradus.Tensor;
import io.gradus.nn.Layer;

/** {@code x - lambda} above lambda, {@code x + lambda} below its negative, else 0, elementwise. */
public final class Softshrink extends Layer {
  private final double lambda;

  /** With lambda 0.5. */
  public Softshrink() {
    this(0.5);
  }

  /**
   * With settings.
   *
   * @param lambda lambda, at least 0
   */
  public Softshrink(double lambda) {
    this.lambda = lambda;
  }

  @Override
  public Tensor forward(Tensor x) {
    return x.softshrink(lambda);
  }

  @Override
  protected String extraRepr() {
    return "lambda=%s".formatted(lambda);
  }
}
