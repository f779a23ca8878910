package io.gradus.nn.conv;

import io.gradus.Options;
import io.gradus.Tensor;
import io.gradus.nn.ConvOptions;
import io.gradus.nn.Convolutions;

/**
 * A transposed convolution of volumes: the gradient of {@link Conv3d} with respect to its input, as
 * a layer; see {@link Convolutions#convTranspose3d}.
 *
 * <p>Input [batch, in, d, h, w] or [in, d, h, w]. {@code weight} is [in, out / groups, kd, kh, kw],
 * {@code bias} [out]; both start uniform in ±1/√(out / groups · size of the kernel).
 */
public final class ConvTranspose3d extends ConvLayer {
  /** A cubic kernel, stride 1, no padding, with bias. */
  public ConvTranspose3d(long inChannels, long outChannels, long kernelSize) {
    this(inChannels, outChannels, kernelSize, ConvOptions.DEFAULT);
  }

  /** A cubic kernel, with bias. */
  public ConvTranspose3d(long inChannels, long outChannels, long kernelSize, ConvOptions options) {
    this(inChannels, outChannels, new long[] {kernelSize}, options, true, Options.DEFAULT);
  }

  /** With a kernel of any shape, with or without bias, with a dtype and a device. */
  public ConvTranspose3d(
      long inChannels,
      long outChannels,
      long[] kernelSize,
      ConvOptions options,
      boolean bias,
      Options tensors) {
    super(
        new Kernel("ConvTranspose3d", 3, inChannels, outChannels, kernelSize, true),
        options,
        bias,
        PaddingMode.ZEROS,
        tensors);
  }

  @Override
  public Tensor forward(Tensor x) {
    return Convolutions.convTranspose3d(x, weight(), bias(), options());
  }

  /**
   * With the sizes of the result, where a stride leaves several open.
   *
   * @param outputSize one number for each dimension behind the channels
   */
  public Tensor forward(Tensor x, long... outputSize) {
    return Convolutions.convTranspose3d(x, weight(), bias(), reaching(x, outputSize));
  }
}
