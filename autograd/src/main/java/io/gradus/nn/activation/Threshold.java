package io.gradus.nn.activation;

import io.gradus.Tensor;
import io.gradus.nn.Layer;

/** {@code x} where it is greater than the threshold, else a value, elementwise. */
public final class Threshold extends Layer {
  private final double threshold;
  private final double value;

  /**
   * With settings.
   *
   * @param threshold what x is compared with
   * @param value what smaller elements become
   */
  public Threshold(double threshold, double value) {
    this.threshold = threshold;
    this.value = value;
  }

  @Override
  public Tensor forward(Tensor x) {
    return x.threshold(threshold, value);
  }

  @Override
  protected String extraRepr() {
    return "threshold=%s, value=%s".formatted(threshold, value);
  }
}
