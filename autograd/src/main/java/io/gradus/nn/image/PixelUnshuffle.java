package io.gradus.nn.image;

import io.gradus.Tensor;
import io.gradus.nn.Layer;
import io.gradus.nn.Rearrangements;

/** Moves positions to channels: [*, c, h r, w r] to [*, c r², h, w]. */
public final class PixelUnshuffle extends Layer {
  private final int factor;

  /** With the factor r. */
  public PixelUnshuffle(int factor) {
    this.factor = factor;
  }

  @Override
  public Tensor forward(Tensor x) {
    return Rearrangements.pixelUnshuffle(x, factor);
  }

  @Override
  protected String extraRepr() {
    return "downscale_factor=" + factor;
  }
}
