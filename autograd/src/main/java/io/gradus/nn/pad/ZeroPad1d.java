package io.gradus.nn.pad;

import io.gradus.Tensor;
import io.gradus.nn.Layer;
import io.gradus.nn.Rearrangements;

/** Zeros around signals [batch, channels, length]; without a batch dimension too. */
public final class ZeroPad1d extends Layer {
  private final long[] padding;

  /**
   * How many elements to add.
   *
   * @param padding left, right; or one number for all
   */
  public ZeroPad1d(long... padding) {
    this.padding = Ends.of("ZeroPad1d", 1, padding);
  }

  @Override
  public Tensor forward(Tensor x) {
    return Rearrangements.pad(x, padding, "constant", null);
  }

  @Override
  protected String extraRepr() {
    return "padding=" + Ends.text(padding);
  }
}
