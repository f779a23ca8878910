package io.gradus.nn.activation;

import io.gradus.Tensor;
import io.gradus.nn.Layer;
import io.gradus.tensor.error.InvalidArgumentException;

/** {@code min(max(minVal, x), maxVal)}, elementwise. */
public final class Hardtanh extends Layer {
  private final double minVal;
  private final double maxVal;

  /** With lower bound -1.0, upper bound 1.0. */
  public Hardtanh() {
    this(-1.0, 1.0);
  }

  /**
   * With settings.
   *
   * @param minVal lower bound, less than the upper one
   * @param maxVal upper bound
   */
  public Hardtanh(double minVal, double maxVal) {
    if (!(maxVal > minVal)) {
      throw new InvalidArgumentException(
          "[Hardtanh] max_val must be larger than min_val: %s and %s".formatted(maxVal, minVal));
    }
    this.minVal = minVal;
    this.maxVal = maxVal;
  }

  @Override
  public Tensor forward(Tensor x) {
    return x.hardtanh(minVal, maxVal);
  }

  @Override
  protected String extraRepr() {
    return "min_val=%s, max_val=%s".formatted(minVal, maxVal);
  }
}
