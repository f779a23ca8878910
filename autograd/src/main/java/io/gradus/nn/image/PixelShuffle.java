package io.gradus.nn.image;

import io.gradus.Tensor;
import io.gradus.nn.Layer;
import io.gradus.nn.Rearrangements;

/** Moves channels to positions: [*, c r², h, w] to [*, c, h r, w r]. */
public final class PixelShuffle extends Layer {
  private final int factor;

  /** With the factor r. */
  public PixelShuffle(int factor) {
    this.factor = factor;
  }

  @Override
  public Tensor forward(Tensor x) {
    return Rearrangements.pixelShuffle(x, factor);
  }

  @Override
  protected String extraRepr() {
    return "upscale_factor=" + factor;
  }
}
