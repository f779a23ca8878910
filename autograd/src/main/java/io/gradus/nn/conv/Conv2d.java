package io.gradus.nn.conv;

import io.gradus.Options;
import io.gradus.Tensor;
import io.gradus.nn.ConvOptions;
import io.gradus.nn.Convolutions;

/**
 * A convolution of images with learnt kernels, see {@link Convolutions#conv2d}.
 *
 * <p>Input [batch, in, h, w] or [in, h, w]. {@code weight} is [out, in / groups, kh, kw], {@code
 * bias} [out]; both start uniform in ±1/√(in / groups · size of the kernel).
 */
public final class Conv2d extends ConvLayer {
  /** A square kernel, stride 1, no padding, with bias. */
  public Conv2d(long inChannels, long outChannels, long kernelSize) {
    this(inChannels, outChannels, kernelSize, ConvOptions.DEFAULT);
  }

  /** A square kernel, with bias. */
  public Conv2d(long inChannels, long outChannels, long kernelSize, ConvOptions options) {
    this(inChannels, outChannels, new long[] {kernelSize}, options, true, Options.DEFAULT);
  }

  /** With a kernel of any shape, with or without bias, with a dtype and a device. */
  public Conv2d(
      long inChannels,
      long outChannels,
      long[] kernelSize,
      ConvOptions options,
      boolean bias,
      Options tensors) {
    this(inChannels, outChannels, kernelSize, options, bias, PaddingMode.ZEROS, tensors);
  }

  /** With other elements than zeros around the input. */
  public Conv2d(
      long inChannels,
      long outChannels,
      long[] kernelSize,
      ConvOptions options,
      boolean bias,
      PaddingMode padding,
      Options tensors) {
    super(
        new Kernel("Conv2d", 2, inChannels, outChannels, kernelSize, false),
        options,
        bias,
        padding,
        tensors);
  }

  @Override
  public Tensor forward(Tensor x) {
    return Convolutions.conv2d(padded(x), weight(), bias(), unpadded());
  }
}
