package io.gradus.nn.pool;

import io.gradus.Tensor;
import io.gradus.ValuesIndices;
import io.gradus.nn.Layer;
import io.gradus.nn.Pooling;

/**
 * The largest element of each of as many windows of signals [batch, channels, length] as the result
 * has positions; without a batch dimension too.
 */
public final class AdaptiveMaxPool1d extends Layer {
  private final long[] outputSize;

  /** A length. */
  public AdaptiveMaxPool1d(long... outputSize) {
    this.outputSize = outputSize.clone();
  }

  @Override
  public Tensor forward(Tensor x) {
    return forwardWithIndices(x).values();
  }

  /** As {@link #forward}, with the position of each element in the flattened input positions. */
  public ValuesIndices forwardWithIndices(Tensor x) {
    return Pooling.adaptiveMaxPool(x, 1, outputSize);
  }

  @Override
  protected String extraRepr() {
    return "output_size=" + Windowed.sizes(outputSize);
  }
}
