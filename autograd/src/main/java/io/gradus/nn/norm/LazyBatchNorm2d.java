package io.gradus.nn.norm;

import io.gradus.Options;
import io.gradus.Tensor;
import io.gradus.nn.LazyLayer;
import org.jspecify.annotations.Nullable;

/** A {@link BatchNorm2d} that takes the number of its channels from the first input. */
public final class LazyBatchNorm2d extends LazyLayer {
  /** The usual settings. */
  public LazyBatchNorm2d() {
    this(NormOptions.BATCH, null);
  }

  /** With options, with a dtype and a device; null for those of the first input. */
  public LazyBatchNorm2d(NormOptions options, @Nullable Options tensors) {
    super((channels, of) -> new BatchNorm2d(channels, options, of), tensors);
  }

  @Override
  protected long sizeOf(Tensor input) {
    return before(input, 2);
  }

  @Override
  protected long sizeOf(String name, Tensor entry) {
    return entry.dim() == 1 ? entry.size(0) : -1;
  }
}
