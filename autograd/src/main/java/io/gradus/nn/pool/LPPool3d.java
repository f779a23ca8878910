package io.gradus.nn.pool;

import io.gradus.Tensor;
import io.gradus.nn.Layer;
import io.gradus.nn.PoolOptions;
import io.gradus.nn.PowerPooling;

/**
 * The p norm of every window of volumes [batch, channels, d, h, w]; without a batch dimension too.
 */
public final class LPPool3d extends Layer {
  private final double normType;
  private final PoolOptions options;

  /** Windows next to each other. */
  public LPPool3d(double normType, long kernelSize) {
    this(normType, PoolOptions.of(kernelSize));
  }

  /** With options: kernel, stride and ceil mode. */
  public LPPool3d(double normType, PoolOptions options) {
    this.normType = normType;
    this.options = options;
  }

  @Override
  public Tensor forward(Tensor x) {
    return PowerPooling.lpPool(x, 3, normType, options);
  }

  @Override
  protected String extraRepr() {
    return "norm_type=%s, %s".formatted(normType, Windowed.repr(options));
  }
}
