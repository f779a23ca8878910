package io.gradus.nn.conv;

import io.gradus.Options;
import io.gradus.Tensor;
import io.gradus.nn.ConvOptions;
import io.gradus.nn.Convolutions;

/**
 * A convolution of volumes with learnt kernels, see {@link Convolutions#conv3d}.
 *
 * <p>Input [batch, in, d, h, w] or [in, d, h, w]. {@code weight} is [out, in / groups, kd, kh, kw],
 * {@code bias} [out]; both start uniform in ±1/√(in / groups · size of the kernel).
 */
public final class Conv3d extends ConvLayer {
  /** A cubic kernel, stride 1, no padding, with bias. */
  public Conv3d(long inChannels, long outChannels, long kernelSize) {
    this(inChannels, outChannels, kernelSize, ConvOptions.DEFAULT);
  }

  /** A cubic kernel, with bias. */
  public Conv3d(long inChannels, long outChannels, long kernelSize, ConvOptions options) {
    this(inChannels, outChannels, new long[] {kernelSize}, options, true, Options.DEFAULT);
  }

  /** With a kernel of any shape, with or without bias, with a dtype and a device. */
  public Conv3d(
      long inChannels,
      long outChannels,
      long[] kernelSize,
      ConvOptions options,
      boolean bias,
      Options tensors) {
    this(inChannels, outChannels, kernelSize, options, bias, PaddingMode.ZEROS, tensors);
  }

  /** With other elements than zeros around the input. */
  public Conv3d(
      long inChannels,
      long outChannels,
      long[] kernelSize,
      ConvOptions options,
      boolean bias,
      PaddingMode padding,
      Options tensors) {
    super(
        new Kernel("Conv3d", 3, inChannels, outChannels, kernelSize, false),
        options,
        bias,
        padding,
        tensors);
  }

  @Override
  public Tensor forward(Tensor x) {
    return Convolutions.conv3d(padded(x), weight(), bias(), unpadded());
  }
}
