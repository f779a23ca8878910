package io.gradus.nn.pad;

import io.gradus.Tensor;
import io.gradus.nn.Layer;
import io.gradus.nn.Rearrangements;

/** Mirrored elements around images [batch, channels, h, w]; without a batch dimension too. */
public final class ReflectionPad2d extends Layer {
  private final long[] padding;

  /**
   * How many elements to add.
   *
   * @param padding left, right, top, bottom; or one number for all
   */
  public ReflectionPad2d(long... padding) {
    this.padding = Ends.of("ReflectionPad2d", 2, padding);
  }

  @Override
  public Tensor forward(Tensor x) {
    return Rearrangements.pad(x, padding, "reflect", null);
  }

  @Override
  protected String extraRepr() {
    return "padding=" + Ends.text(padding);
  }
}
