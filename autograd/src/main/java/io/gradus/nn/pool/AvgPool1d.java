package io.gradus.nn.pool;

import io.gradus.Tensor;
import io.gradus.nn.Layer;
import io.gradus.nn.PoolOptions;
import io.gradus.nn.Pooling;

/** The mean of every window of signals [batch, channels, length]; without a batch dimension too. */
public final class AvgPool1d extends Layer {
  private final PoolOptions options;

  /** Windows next to each other. */
  public AvgPool1d(long kernelSize) {
    this(PoolOptions.of(kernelSize));
  }

  /** With options. */
  public AvgPool1d(PoolOptions options) {
    this.options = options;
  }

  @Override
  public Tensor forward(Tensor x) {
    return Pooling.avgPool(x, 1, options);
  }

  @Override
  protected String extraRepr() {
    return Windowed.repr(options);
  }
}
