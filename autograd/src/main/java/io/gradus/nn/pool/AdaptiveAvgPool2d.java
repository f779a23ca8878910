package io.gradus.nn.pool;

import io.gradus.Tensor;
import io.gradus.nn.Layer;
import io.gradus.nn.Pooling;

/**
 * The mean of each of as many windows of images [batch, channels, h, w] as the result has
 * positions; without a batch dimension too.
 */
public final class AdaptiveAvgPool2d extends Layer {
  private final long[] outputSize;

  /** Height and width, or one number for both; {@link Pooling#KEEP} keeps that of the input. */
  public AdaptiveAvgPool2d(long... outputSize) {
    this.outputSize = outputSize.clone();
  }

  @Override
  public Tensor forward(Tensor x) {
    return Pooling.adaptiveAvgPool(x, 2, outputSize);
  }

  @Override
  protected String extraRepr() {
    return "output_size=" + Windowed.sizes(outputSize);
  }
}
