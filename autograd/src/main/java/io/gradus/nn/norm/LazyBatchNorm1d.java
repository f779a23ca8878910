package io.gradus.nn.norm;

import io.gradus.Options;
import io.gradus.Tensor;
import io.gradus.nn.LazyLayer;
import org.jspecify.annotations.Nullable;

/** A {@link BatchNorm1d} that takes the number of its channels from the first input. */
public final class LazyBatchNorm1d extends LazyLayer {
  /** The usual settings. */
  public LazyBatchNorm1d() {
    this(NormOptions.BATCH, null);
  }

  /** With options, with a dtype and a device; null for those of the first input. */
  public LazyBatchNorm1d(NormOptions options, @Nullable Options tensors) {
    super((channels, of) -> new BatchNorm1d(channels, options, of), tensors);
  }

  @Override
  protected long sizeOf(Tensor input) {
    return before(input, input.dim() < 3 ? 0 : 1);
  }

  @Override
  protected long sizeOf(String name, Tensor entry) {
    return entry.dim() == 1 ? entry.size(0) : -1;
  }
}
