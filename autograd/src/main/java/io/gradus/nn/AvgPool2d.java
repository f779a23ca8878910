package io.gradus.nn;

import io.gradus.Tensor;

/** The mean of every window of an image, see {@link Pooling#avgPool}. */
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
    return "kernel_size=%s, stride=%s, padding=%s"
        .formatted(
            options.kernel(),
            options.stride().isEmpty() ? options.kernel() : options.stride(),
            options.padding());
  }
}
