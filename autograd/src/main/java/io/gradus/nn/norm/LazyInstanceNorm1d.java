package io.gradus.nn.norm;

import io.gradus.Options;
import io.gradus.Tensor;
import io.gradus.nn.LazyLayer;
import org.jspecify.annotations.Nullable;

/** A {@link InstanceNorm1d} that takes the number of its channels from the first input. */
public final class LazyInstanceNorm1d extends LazyLayer {
  /** The usual settings. */
  public LazyInstanceNorm1d() {
    this(NormOptions.INSTANCE, null);
  }

  /** With options, with a dtype and a device; null for those of the first input. */
  public LazyInstanceNorm1d(NormOptions options, @Nullable Options tensors) {
    super((channels, of) -> new InstanceNorm1d(channels, options, of), tensors);
  }

  @Override
  protected long sizeOf(Tensor input) {
    return before(input, 1);
  }

  @Override
  protected long sizeOf(String name, Tensor entry) {
    return entry.dim() == 1 ? entry.size(0) : -1;
  }
}
