package io.gradus.nn.conv;

import io.gradus.Options;
import io.gradus.Tensor;
import io.gradus.nn.ConvOptions;
import io.gradus.nn.Convolutions;

/**
 * A transposed convolution of images: the gradient of {@link Conv2d} with respect to its input, as
 * a layer; see {@link Convolutions#convTranspose2d}.
 *
 * <p>Input [batch, in, h, w] or [in, h, w]. {@code weight} is [in, out / groups, kh, kw], {@code
 * bias} [out]; both start uniform in ±1/√(out / groups · size of the kernel).
 */
public final class ConvTranspose2d extends ConvLayer {
  /** A square kernel, stride 1, no padding, with bias. */
  public ConvTranspose2d(long inChannels, long outChannels, long kernelSize) {
    this(inChannels, outChannels, kernelSize, ConvOptions.DEFAULT);
  }

  /** A square kernel, with bias. */
  public ConvTranspose2d(long inChannels, long outChannels, long kernelSize, ConvOptions options) {
    this(inChannels, outChannels, new long[] {kernelSize}, options, true, Options.DEFAULT);
  }

  /** With a kernel of any shape, with or without bias, with a dtype and a device. */
  public ConvTranspose2d(
      long inChannels,
      long outChannels,
      long[] kernelSize,
      ConvOptions options,
      boolean bias,
      Options tensors) {
    super(
        new Kernel("ConvTranspose2d", 2, inChannels, outChannels, kernelSize, true),
        options,
        bias,
        PaddingMode.ZEROS,
        tensors);
  }

  @Override
  public Tensor forward(Tensor x) {
    return Convolutions.convTranspose2d(x, weight(), bias(), options());
  }

  /**
   * With the sizes of the result, where a stride leaves several open.
   *
   * @param outputSize one number for each dimension behind the channels
   */
  public Tensor forward(Tensor x, long... outputSize) {
    return Convolutions.convTranspose2d(x, weight(), bias(), reaching(x, outputSize));
  }
}
