package io.gradus.nn.pool;

import io.gradus.Tensor;
import io.gradus.ValuesIndices;
import io.gradus.nn.Layer;
import io.gradus.nn.PoolOptions;
import io.gradus.nn.Pooling;

/**
 * The largest element of every window of images [batch, channels, h, w]; without a batch dimension
 * too.
 */
public final class MaxPool2d extends Layer {
  private final PoolOptions options;

  /** Square windows next to each other. */
  public MaxPool2d(long kernelSize) {
    this(PoolOptions.of(kernelSize));
  }

  /** With options. */
  public MaxPool2d(PoolOptions options) {
    this.options = options;
  }

  @Override
  public Tensor forward(Tensor x) {
    return Pooling.maxPool(x, 2, options).values();
  }

  /** As {@link #forward}, with the position of each element in the flattened input positions. */
  public ValuesIndices forwardWithIndices(Tensor x) {
    return Pooling.maxPool(x, 2, options);
  }

  @Override
  protected String extraRepr() {
    return Windowed.repr(options);
  }
}
