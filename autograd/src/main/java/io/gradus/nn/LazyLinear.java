package io.gradus.nn;

import io.gradus.Options;
import io.gradus.Tensor;
import org.jspecify.annotations.Nullable;

/** A {@link Linear} that takes the size of its inputs from the first one. */
public final class LazyLinear extends LazyLayer {
  /** With bias. */
  public LazyLinear(long outFeatures) {
    this(outFeatures, true, null);
  }

  /** With or without bias, with a dtype and a device; null for those of the first input. */
  public LazyLinear(long outFeatures, boolean bias, @Nullable Options tensors) {
    super((in, of) -> new Linear(in, outFeatures, bias, of), tensors);
  }

  @Override
  protected long sizeOf(Tensor input) {
    return before(input, 0);
  }

  @Override
  protected long sizeOf(String name, Tensor entry) {
    return name.equals("weight") && entry.dim() == 2 ? entry.size(1) : -1;
  }
}
