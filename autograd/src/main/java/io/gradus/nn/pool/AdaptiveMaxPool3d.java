package io.gradus.nn.pool;

import io.gradus.Tensor;
import io.gradus.ValuesIndices;
import io.gradus.nn.Layer;
import io.gradus.nn.Pooling;

/**
 * The largest element of each of as many windows of volumes [batch, channels, d, h, w] as the
 * result has positions; without a batch dimension too.
 */
public final class AdaptiveMaxPool3d extends Layer {
  private final long[] outputSize;

  /**
   * Depth, height and width, or one number for all; {@link Pooling#KEEP} keeps that of the input.
   */
  public AdaptiveMaxPool3d(long... outputSize) {
    this.outputSize = outputSize.clone();
  }

  @Override
  public Tensor forward(Tensor x) {
    return forwardWithIndices(x).values();
  }

  /** As {@link #forward}, with the position of each element in the flattened input positions. */
  public ValuesIndices forwardWithIndices(Tensor x) {
    return Pooling.adaptiveMaxPool(x, 3, outputSize);
  }

  @Override
  protected String extraRepr() {
    return "output_size=" + Windowed.sizes(outputSize);
  }
}
