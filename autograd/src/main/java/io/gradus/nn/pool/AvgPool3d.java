package io.gradus.nn.pool;

import io.gradus.Tensor;
import io.gradus.nn.Layer;
import io.gradus.nn.PoolOptions;
import io.gradus.nn.Pooling;

/**
 * The mean of every window of volumes [batch, channels, d, h, w]; without a batch dimension too.
 */
public final class AvgPool3d extends Layer {
  private final PoolOptions options;

  /** Cubic windows next to each other. */
  public AvgPool3d(long kernelSize) {
    this(PoolOptions.of(kernelSize));
  }

  /** With options. */
  public AvgPool3d(PoolOptions options) {
    this.options = options;
  }

  @Override
  public Tensor forward(Tensor x) {
    return Pooling.avgPool(x, 3, options);
  }

  @Override
  protected String extraRepr() {
    return Windowed.repr(options);
  }
}
