package io.gradus.nn;

import io.gradus.Options;
import io.gradus.Parameter;
import io.gradus.Tensor;
import io.gradus.tensor.error.InvalidArgumentException;
import org.jspecify.annotations.Nullable;

/**
 * A convolution of images with learnt kernels, see {@link Convolutions#conv2d}.
 *
 * <p>Input [batch, in, h, w] or [in, h, w]. {@code weight} is [out, in / groups, kh, kw], {@code
 * bias} [out]; both start uniform in ±1/√(in / groups · kh · kw).
 */
public final class Conv2d extends Layer {
  private final ConvOptions options;
  private final Parameter weight;
  private final @Nullable Parameter bias;

  /** A square kernel, stride 1, no padding, with bias. */
  public Conv2d(long inChannels, long outChannels, long kernelSize) {
    this(inChannels, outChannels, kernelSize, ConvOptions.DEFAULT);
  }

  /** A square kernel, with bias. */
  public Conv2d(long inChannels, long outChannels, long kernelSize, ConvOptions options) {
    this(
        inChannels,
        outChannels,
        new long[] {kernelSize, kernelSize},
        options,
        true,
        Options.DEFAULT);
  }

  /** With a kernel [kh, kw], with or without bias, with a dtype and a device. */
  public Conv2d(
      long inChannels,
      long outChannels,
      long[] kernelSize,
      ConvOptions options,
      boolean bias,
      Options tensors) {
    long groups = options.groups();
    if (groups < 1 || inChannels % groups != 0 || outChannels % groups != 0) {
      throw new InvalidArgumentException(
          "[Conv2d] in_channels and out_channels must be divisible by groups: %d, %d and %d"
              .formatted(inChannels, outChannels, groups));
    }
    this.options = options;
    long[] kernel = Spatial.each("Conv2d", "kernel_size", kernelSize, 2);
    this.weight =
        register(
            "weight",
            new Parameter(
                Tensor.empty(tensors, outChannels, inChannels / groups, kernel[0], kernel[1])));
    if (bias) {
      this.bias = register("bias", new Parameter(Tensor.empty(tensors, outChannels)));
    } else {
      this.bias = null;
      registerAbsent("bias");
    }
    resetParameters();
  }

  /** Draws the parameters anew. */
  public void resetParameters() {
    Init.kaimingUniform_(weight, Math.sqrt(5), Init.Fan.IN, Init.Nonlinearity.LEAKY_RELU);
    long fanIn = weight.size(1) * weight.size(2) * weight.size(3);
    if (bias != null && fanIn > 0) {
      double bound = 1 / Math.sqrt((double) fanIn);
      Init.uniform_(bias, -bound, bound);
    }
  }

  /** [out, in / groups, kh, kw]. */
  public Parameter weight() {
    return weight;
  }

  /** [out]; null for a layer without one. */
  public @Nullable Parameter bias() {
    return bias;
  }

  @Override
  public Tensor forward(Tensor x) {
    return Convolutions.conv2d(x, weight, bias, options);
  }

  @Override
  protected String extraRepr() {
    return "%d, %d, kernel_size=(%d, %d), stride=%s"
        .formatted(
            weight.size(1) * options.groups(),
            weight.size(0),
            weight.size(2),
            weight.size(3),
            options.stride());
  }
}
