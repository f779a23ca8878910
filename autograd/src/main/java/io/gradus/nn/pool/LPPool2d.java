package io.gradus.nn.pool;

import io.gradus.Tensor;
import io.gradus.nn.Layer;
import io.gradus.nn.PoolOptions;
import io.gradus.nn.PowerPooling;

/** The p norm of every window of images [batch, channels, h, w]; without a batch dimension too. */
public final class LPPool2d extends Layer {
  private final double normType;
  private final PoolOptions options;

  /** Windows next to each other. */
  public LPPool2d(double normType, long kernelSize) {
    this(normType, PoolOptions.of(kernelSize));
  }

  /** With options: kernel, stride and ceil mode. */
  public LPPool2d(double normType, PoolOptions options) {
    this.normType = normType;
    this.options = options;
  }

  @Override
  public Tensor forward(Tensor x) {
    return PowerPooling.lpPool(x, 2, normType, options);
  }

  @Override
  protected String extraRepr() {
    return "norm_type=%s, %s".formatted(normType, Windowed.repr(options));
  }
}
