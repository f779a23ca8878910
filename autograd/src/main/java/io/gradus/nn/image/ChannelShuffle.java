package io.gradus.nn.image;

import io.gradus.Tensor;
import io.gradus.nn.Layer;
import io.gradus.nn.Rearrangements;

/** Mixes the channels of groups: [n, g c, *] to [n, c g, *], of the same shape. */
public final class ChannelShuffle extends Layer {
  private final int groups;

  /** With the number g of groups. */
  public ChannelShuffle(int groups) {
    this.groups = groups;
  }

  @Override
  public Tensor forward(Tensor x) {
    return Rearrangements.channelShuffle(x, groups);
  }

  @Override
  protected String extraRepr() {
    return "groups=" + groups;
  }
}
