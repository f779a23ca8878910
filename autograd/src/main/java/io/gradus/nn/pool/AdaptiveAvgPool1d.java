package io.gradus.nn.pool;

import io.gradus.Tensor;
import io.gradus.nn.Layer;
import io.gradus.nn.Pooling;

/**
 * The mean of each of as many windows of signals [batch, channels, length] as the result has
 * positions; without a batch dimension too.
 */
public final class AdaptiveAvgPool1d extends Layer {
  private final long[] outputSize;

  /** A length. */
  public AdaptiveAvgPool1d(long... outputSize) {
    this.outputSize = outputSize.clone();
  }

  @Override
  public Tensor forward(Tensor x) {
    return Pooling.adaptiveAvgPool(x, 1, outputSize);
  }

  @Override
  protected String extraRepr() {
    return "output_size=" + Windowed.sizes(outputSize);
  }
}
