package io.gradus.nn.pool;

import io.gradus.Tensor;
import io.gradus.nn.Layer;
import io.gradus.nn.PoolOptions;
import io.gradus.nn.Pooling;

/** The mean of every window of images [batch, channels, h, w]; without a batch dimension too. */
public final class AvgPool2d extends Layer {
  private final PoolOptions options;

  /** Square windows next to each other. */
  public AvgPool2d(long kernelSize) {
    this(PoolOptions.of(kernelSize));
  }

  /** With options. */
  public AvgPool2d(PoolOptions options) {
    this.options = options;
  }

  @Override
  public Tensor forward(Tensor x) {
    return Pooling.avgPool(x, 2, options);
  }

  @Override
  protected String extraRepr() {
    return Windowed.repr(options);
  }
}
