package io.gradus.nn.pad;

import io.gradus.Tensor;
import io.gradus.nn.Layer;
import io.gradus.nn.Rearrangements;

/** One value around images [batch, channels, h, w]; without a batch dimension too. */
public final class ConstantPad2d extends Layer {
  private final long[] padding;
  private final double value;

  /**
   * How many elements to add.
   *
   * @param value of the new elements
   * @param padding left, right, top, bottom; or one number for all
   */
  public ConstantPad2d(double value, long... padding) {
    this.padding = Ends.of("ConstantPad2d", 2, padding);
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
