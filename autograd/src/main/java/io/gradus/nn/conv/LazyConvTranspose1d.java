package io.gradus.nn.conv;

import io.gradus.Options;
import io.gradus.Tensor;
import io.gradus.nn.ConvOptions;
import io.gradus.nn.LazyLayer;
import org.jspecify.annotations.Nullable;

/** A {@link ConvTranspose1d} that takes the number of its input channels from the first input. */
public final class LazyConvTranspose1d extends LazyLayer {
  /** Equal sizes of the kernel, stride 1, no padding, with bias. */
  public LazyConvTranspose1d(long outChannels, long kernelSize) {
    this(outChannels, kernelSize, ConvOptions.DEFAULT);
  }

  /** Equal sizes of the kernel, with bias. */
  public LazyConvTranspose1d(long outChannels, long kernelSize, ConvOptions options) {
    this(outChannels, new long[] {kernelSize}, options, true, null);
  }

  /**
   * With a kernel of any shape, with or without bias, with a dtype and a device; null for those of
   * the first input.
   */
  public LazyConvTranspose1d(
      long outChannels,
      long[] kernelSize,
      ConvOptions options,
      boolean bias,
      @Nullable Options tensors) {
    super((in, of) -> new ConvTranspose1d(in, outChannels, kernelSize, options, bias, of), tensors);
  }

  @Override
  protected long sizeOf(Tensor input) {
    return before(input, 1);
  }

  @Override
  protected long sizeOf(String name, Tensor entry) {
    if (!name.equals("weight") || entry.dim() != 3) {
      return -1;
    }
    return entry.size(0);
  }
}
