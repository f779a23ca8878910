package io.gradus.nn.pad;

import io.gradus.Tensor;
import io.gradus.nn.Layer;
import io.gradus.nn.Rearrangements;

/**
 * The elements of the other end around volumes [batch, channels, d, h, w]; without a batch
 * dimension too.
 */
public final class CircularPad3d extends Layer {
  private final long[] padding;

  /**
   * How many elements to add.
   *
   * @param padding left, right, top, bottom, front, back; or one number for all
   */
  public CircularPad3d(long... padding) {
    this.padding = Ends.of("CircularPad3d", 3, padding);
  }

  @Override
  public Tensor forward(Tensor x) {
    return Rearrangements.pad(x, padding, "circular", null);
  }

  @Override
  protected String extraRepr() {
    return "padding=" + Ends.text(padding);
  }
}
