package io.gradus.nn.pool;

import io.gradus.Tensor;
import io.gradus.nn.Module;
import io.gradus.nn.PoolOptions;
import io.gradus.nn.Pooling;

/**
 * Puts the elements of {@link MaxPool3d#forwardWithIndices} back where they were, among zeros:
 * volumes [batch, channels, d, h, w].
 */
public final class MaxUnpool3d extends Module {
  private final PoolOptions options;

  /** For windows next to each other. */
  public MaxUnpool3d(long kernelSize) {
    this(PoolOptions.of(kernelSize));
  }

  /** For windows with a stride and padding. */
  public MaxUnpool3d(PoolOptions options) {
    this.options = options;
  }

  /** The result has the least size that the windows fit into. */
  public Tensor call(Tensor input, Tensor indices) {
    return Pooling.maxUnpool(input, indices, 3, Windowed.unpooled(input, 3, options));
  }

  /** With the sizes of the result, as several inputs have windows at the same places. */
  public Tensor call(Tensor input, Tensor indices, long... outputSize) {
    return Pooling.maxUnpool(input, indices, 3, outputSize);
  }

  @Override
  protected String extraRepr() {
    return Windowed.repr(options);
  }
}
