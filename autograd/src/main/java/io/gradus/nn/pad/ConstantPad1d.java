package io.gradus.nn.pad;

import io.gradus.Tensor;
import io.gradus.nn.Layer;
import io.gradus.nn.Rearrangements;

/** One value around signals [batch, channels, length]; without a batch dimension too. */
public final class ConstantPad1d extends Layer {
  private final long[] padding;
  private final double value;

  /**
   * How many elements to add.
   *
   * @param value of the new elements
   * @param padding left, right; or one number for all
   */
  public ConstantPad1d(double value, long... padding) {
    this.padding = Ends.of("ConstantPad1d", 1, padding);
    this.value = value;
  }

  @Override
  public Tensor forward(Tensor x) {
    return Rearrangements.pad(x, padding, "constant", value);
  }

  @Override
  protected String extraRepr() {
    return "padding=" + Ends.text(padding) + ", value=" + value;
  }
}
