package io.gradus.nn.conv;

import io.gradus.Options;
import io.gradus.Parameter;
import io.gradus.Tensor;
import io.gradus.nn.ConvOptions;
import io.gradus.nn.Init;
import io.gradus.nn.Layer;
import io.gradus.nn.Rearrangements;
import io.gradus.tensor.error.InvalidArgumentException;
import io.gradus.tensor.error.ShapeException;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What layers that convolve have in common: the kernels, the bias, and the way they start. */
public abstract sealed class ConvLayer extends Layer
    permits Conv1d, Conv2d, Conv3d, ConvTranspose1d, ConvTranspose2d, ConvTranspose3d {
  private final Kernel kernel;
  private final ConvOptions options;
  private final PaddingMode mode;
  private final Parameter weight;
  private final @Nullable Parameter bias;

  ConvLayer(Kernel kernel, ConvOptions options, boolean bias, PaddingMode mode, Options tensors) {
    if (options.same() && options.stride().stream().anyMatch(s -> s != 1)) {
      throw new InvalidArgumentException(
          "[%s] padding='same' is not supported for strided convolutions: stride %s"
              .formatted(kernel.name(), options.stride()));
    }
    this.kernel = kernel;
    this.options = options;
    this.mode = mode;
    this.weight = register("weight", kernel.weight(options.groups(), tensors));
    if (bias) {
      this.bias = register("bias", new Parameter(Tensor.empty(tensors, kernel.out())));
    } else {
      this.bias = null;
      registerAbsent("bias");
    }
    resetParameters();
  }

  /** Draws the parameters anew. */
  public final void resetParameters() {
    Init.kaimingUniform_(weight, Math.sqrt(5), Init.Fan.IN, Init.Nonlinearity.LEAKY_RELU);
    long fanIn = Init.fan(weight, Init.Fan.IN);
    if (bias != null && fanIn > 0) {
      double bound = 1 / Math.sqrt((double) fanIn);
      Init.uniform_(bias, -bound, bound);
    }
  }

  /** The kernels. */
  public final Parameter weight() {
    return weight;
  }

  /** [out]; null for a layer without one. */
  public final @Nullable Parameter bias() {
    return bias;
  }

  /** How the kernels move. */
  public final ConvOptions options() {
    return options;
  }

  /** The input with what the padding mode puts around it; zeros are left to the convolution. */
  final Tensor padded(Tensor x) {
    if (mode == PaddingMode.ZEROS) {
      return x;
    }
    int n = kernel.dims();
    long[] pad = new long[2 * n];
    for (int i = 0; i < n; i++) {
      int last = n - 1 - i;
      long total =
          options.same()
              ? at(options.dilation(), last) * (kernel.sizes()[last] - 1)
              : 2 * at(options.padding(), last);
      pad[2 * i] = total / 2;
      pad[2 * i + 1] = total - total / 2;
    }
    return Rearrangements.pad(x, pad, mode.mode(), null);
  }

  /** The options for the input {@link #padded}. */
  final ConvOptions unpadded() {
    return mode == PaddingMode.ZEROS ? options : options.padding(0);
  }

  /** Options whose output padding leads to the given sizes. */
  final ConvOptions reaching(Tensor x, long[] outputSize) {
    int n = kernel.dims();
    if (outputSize.length != n || x.dim() < n) {
      throw new ShapeException(
          "[%s] requires output_size to have %d elements (got %d) for an input of shape %s"
              .formatted(kernel.name(), n, outputSize.length, x.shape()));
    }
    long[] more = new long[n];
    for (int i = 0; i < n; i++) {
      long stride = at(options.stride(), i);
      long least =
          (x.size(i - n) - 1) * stride
              - 2 * at(options.padding(), i)
              + at(options.dilation(), i) * (kernel.sizes()[i] - 1)
              + 1;
      more[i] = outputSize[i] - least;
      if (more[i] < 0 || more[i] >= stride) {
        throw new ShapeException(
            "[%s] requested an output size of %s, but valid sizes in dimension %d range from %d to %d for an input of %s"
                .formatted(
                    kernel.name(),
                    Arrays.toString(outputSize),
                    i,
                    least,
                    least + stride - 1,
                    x.shape()));
      }
    }
    return options.outputPadding(more);
  }

  private static long at(List<Long> values, int i) {
    if (values.size() != 1 && i >= values.size()) {
      throw new InvalidArgumentException(
          "[conv] expected one number or one for each dimension, but got " + values);
    }
    return values.get(values.size() == 1 ? 0 : i);
  }

  /** Each position of the smaller side meets the whole kernel of its group. */
  @Override
  protected long multiplyAdds(Tensor input, Tensor output) {
    Tensor side = kernel.transposed() ? input : output;
    long channels = kernel.transposed() ? kernel.in() : kernel.out();
    return side.numel() / Math.max(1, channels) * weight.numel();
  }

  @Override
  protected String extraRepr() {
    StringBuilder text =
        new StringBuilder(
            "%d, %d, kernel_size=%s, stride=%s"
                .formatted(
                    kernel.in(), kernel.out(), Arrays.toString(kernel.sizes()), options.stride()));
    if (options.same()) {
      text.append(", padding=same");
    } else if (options.padding().stream().anyMatch(p -> p != 0)) {
      text.append(", padding=").append(options.padding());
    }
    if (options.dilation().stream().anyMatch(d -> d != 1)) {
      text.append(", dilation=").append(options.dilation());
    }
    if (options.groups() != 1) {
      text.append(", groups=").append(options.groups());
    }
    if (mode != PaddingMode.ZEROS) {
      text.append(", padding_mode=").append(mode.mode());
    }
    return text.append(bias == null ? ", bias=False" : "").toString();
  }
}
