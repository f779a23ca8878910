package io.gradus.nn;

import io.gradus.Tensor;

/** The largest element of every window of an image, see {@link Pooling#maxPool}. */
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

  @Override
  protected String extraRepr() {
    return "kernel_size=%s, stride=%s, padding=%s"
        .formatted(
            options.kernel(),
            options.stride().isEmpty() ? options.kernel() : options.stride(),
            options.padding());
  }
}
