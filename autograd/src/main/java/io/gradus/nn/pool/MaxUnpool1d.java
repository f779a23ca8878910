package io.gradus.nn.pool;

import io.gradus.Tensor;
import io.gradus.nn.Module;
import io.gradus.nn.PoolOptions;
import io.gradus.nn.Pooling;

/**
 * Puts the elements of {@link MaxPool1d#forwardWithIndices} back where they were, among zeros:
 * signals [batch, channels, length].
 */
public final class MaxUnpool1d extends Module {
  private final PoolOptions options;

  /** For windows next to each other. */
  public MaxUnpool1d(long kernelSize) {
    this(PoolOptions.of(kernelSize));
  }

  /** For windows with a stride and padding. */
  public MaxUnpool1d(PoolOptions options) {
    this.options = options;
  }

  /** The result has the least size that the windows fit into. */
  public Tensor call(Tensor input, Tensor indices) {
    return Pooling.maxUnpool(input, indices, 1, Windowed.unpooled(input, 1, options));
  }

  /** With the sizes of the result, as several inputs have windows at the same places. */
  public Tensor call(Tensor input, Tensor indices, long... outputSize) {
    return Pooling.maxUnpool(input, indices, 1, outputSize);
  }

  @Override
  protected String extraRepr() {
    return Windowed.repr(options);
  }
}
