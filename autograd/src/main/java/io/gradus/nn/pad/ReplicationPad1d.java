package io.gradus.nn.pad;

import io.gradus.Tensor;
import io.gradus.nn.Layer;
import io.gradus.nn.Rearrangements;

/**
 * The elements at the edge around signals [batch, channels, length]; without a batch dimension too.
 */
public final class ReplicationPad1d extends Layer {
  private final long[] padding;

  /**
   * How many elements to add.
   *
   * @param padding left, right; or one number for all
   */
  public ReplicationPad1d(long... padding) {
    this.padding = Ends.of("ReplicationPad1d", 1, padding);
  }

  @Override
  public Tensor forward(Tensor x) {
    return Rearrangements.pad(x, padding, "replicate", null);
  }

  @Override
  protected String extraRepr() {
    return "padding=" + Ends.text(padding);
  }
}
