package io.gradus.nn.pool;

import io.gradus.Tensor;
import io.gradus.ValuesIndices;
import io.gradus.nn.Layer;
import io.gradus.nn.Pooling;

/**
 * The largest element of each of as many windows of images [batch, channels, h, w] as the result
 * has positions; without a batch dimension too.
 */
public final class AdaptiveMaxPool2d extends Layer {
  private final long[] outputSize;

  /** Height and width, or one number for both; {@link Pooling#KEEP} keeps that of the input. */
  public AdaptiveMaxPool2d(long... outputSize) {
    this.outputSize = outputSize.clone();
  }

  @Override
  public Tensor forward(Tensor x) {
    return forwardWithIndices(x).values();
  }

  /** As {@link #forward}, with the position of each element in the flattened input positions. */
  public ValuesIndices forwardWithIndices(Tensor x) {
    return Pooling.adaptiveMaxPool(x, 2, outputSize);
  }

  @Override
  protected String extraRepr() {
    return "output_size=" + Windowed.sizes(outputSize);
  }
}
