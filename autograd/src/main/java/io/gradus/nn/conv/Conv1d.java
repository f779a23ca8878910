package io.gradus.nn.conv;

import io.gradus.Options;
import io.gradus.Tensor;
import io.gradus.nn.ConvOptions;
import io.gradus.nn.Convolutions;

/**
 * A convolution of signals with learnt kernels, see {@link Convolutions#conv1d}.
 *
 * <p>Input [batch, in, length] or [in, length]. {@code weight} is [out, in / groups, k], {@code
 * bias} [out]; both start uniform in ±1/√(in / groups · size of the kernel).
 */
public final class Conv1d extends ConvLayer {
  /** A kernel of a size, stride 1, no padding, with bias. */
  public Conv1d(long inChannels, long outChannels, long kernelSize) {
    this(inChannels, outChannels, kernelSize, ConvOptions.DEFAULT);
  }

  /** A kernel of a size, with bias. */
  public Conv1d(long inChannels, long outChannels, long kernelSize, ConvOptions options) {
    this(inChannels, outChannels, new long[] {kernelSize}, options, true, Options.DEFAULT);
  }

  /** With a kernel of any shape, with or without bias, with a dtype and a device. */
  public Conv1d(
      long inChannels,
      long outChannels,
      long[] kernelSize,
      ConvOptions options,
      boolean bias,
      Options tensors) {
    this(inChannels, outChannels, kernelSize, options, bias, PaddingMode.ZEROS, tensors);
  }

  /** With other elements than zeros around the input. */
  public Conv1d(
      long inChannels,
      long outChannels,
      long[] kernelSize,
      ConvOptions options,
      boolean bias,
      PaddingMode padding,
      Options tensors) {
    super(
        new Kernel("Conv1d", 1, inChannels, outChannels, kernelSize, false),
        options,
        bias,
        padding,
        tensors);
  }

  @Override
  public Tensor forward(Tensor x) {
    return Convolutions.conv1d(padded(x), weight(), bias(), unpadded());
  }
}
