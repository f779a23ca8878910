package io.gradus.nn;

import io.gradus.Internals;
import io.gradus.Tensor;
import io.gradus.exec.Allocation;
import io.gradus.exec.Counts;
import io.gradus.graph.GradMode;
import io.gradus.graph.Record;
import io.gradus.tensor.backend.Device;
import io.gradus.tensor.kernel.Kernel;
import io.gradus.tensor.kernel.Operand;
import io.gradus.tensor.layout.Layout;
import io.gradus.tensor.layout.Shape;
import java.util.Arrays;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * The three products of a convolution as kernels of the device: the result from input and weight,
 * the input from result and weight, the weight from input and result. Each one's gradients are the
 * other two, so that they can be differentiated any number of times. The first two may add a bias.
 *
 * <p>Input [batch, in, sizes…], weight [out, in / groups, window…], result [batch, out, places…].
 * The padding behind follows from the sizes.
 */
final class Convolution {
  private final int[] sizes;
  private final int[] window;
  private final int[] places;
  private final int[] stride;
  private final int[] padding;
  private final int[] dilation;
  private final int groups;

  Convolution(
      long[] sizes,
      long[] window,
      long[] places,
      long[] stride,
      long[] padding,
      long[] dilation,
      long groups) {
    this.sizes = ints(sizes);
    this.window = ints(window);
    this.places = ints(places);
    this.stride = ints(stride);
    this.padding = ints(padding);
    this.dilation = ints(dilation);
    this.groups = Counts.of("conv", groups);
  }

  private static int[] ints(long[] values) {
    return Arrays.stream(values).mapToInt(v -> Counts.of("conv", v)).toArray();
  }

  private static long[] longs(int[] values) {
    return Arrays.stream(values).asLongStream().toArray();
  }

  private int[] ones() {
    int[] all = new int[window.length];
    Arrays.fill(all, 1);
    return all;
  }

  /** Whether the device convolves tensors of this dtype and number of dimensions. */
  static boolean isSupported(Tensor x) {
    Operand any = Internals.operand(x);
    int[] one = new int[x.dim() - 2];
    Arrays.fill(one, 1);
    return x.device().supports(new Kernel.Convolve(any, any, null, any, one, one, one, one, 1));
  }

  /** The result, with a bias [outputs] for its channels or none. */
  Tensor result(Tensor input, Tensor weight, @Nullable Tensor bias) {
    Operand out = allocate(input, input.size(0), weight.size(0), places);
    Tensor result =
        run(
            new Kernel.Convolve(
                Internals.operand(input),
                Internals.operand(weight),
                bias == null ? null : Internals.operand(bias),
                out,
                stride,
                padding,
                dilation,
                ones(),
                groups),
            bias);
    return Record.rule(
        "ConvolutionBackward0",
        result,
        operands(input, weight, bias),
        new Tensor[] {input, weight},
        (g, s, needs) ->
            gradients(
                needs[0] ? input(g, s[1], null) : null,
                needs[1] ? weight(s[0], g) : null,
                needs,
                g));
  }

  /** The adjoint of {@link #result} in the input, with a bias [channels] for it or none. */
  Tensor input(Tensor result, Tensor weight, @Nullable Tensor bias) {
    long channels = weight.size(1) * groups;
    Operand out = allocate(result, result.size(0), channels, sizes);
    int[] before = new int[window.length];
    Arrays.setAll(before, i -> dilation[i] * (window[i] - 1) - padding[i]);
    Tensor input =
        run(
            new Kernel.Convolve(
                Internals.operand(result),
                reversed(weight),
                bias == null ? null : Internals.operand(bias),
                out,
                ones(),
                before,
                dilation,
                stride,
                groups),
            bias);
    return Record.rule(
        "ConvolutionBackward0",
        input,
        operands(result, weight, bias),
        new Tensor[] {result, weight},
        (g, s, needs) ->
            gradients(
                needs[0] ? result(g, s[1], null) : null,
                needs[1] ? weight(g, s[0]) : null,
                needs,
                g));
  }

  /** The adjoint of {@link #result} in the weight. */
  Tensor weight(Tensor input, Tensor result) {
    long outputs = result.size(1);
    long channels = input.size(1) / groups;
    Operand out = allocate(input, outputs, channels, window);
    input
        .device()
        .run(
            new Kernel.Convolve(
                imagesAsChannels(input),
                swapped(Internals.operand(result)),
                null,
                swapped(out),
                dilation,
                padding,
                stride,
                ones(),
                groups));
    return Record.rule(
        "ConvolutionBackward0",
        Internals.fresh(out),
        new Tensor[] {input, result},
        new Tensor[] {input, result},
        (g, s, needs) ->
            new Tensor[] {
              needs[0] ? input(s[1], g, null) : null, needs[1] ? result(s[0], g, null) : null
            });
  }

  private static Tensor[] operands(Tensor first, Tensor weight, @Nullable Tensor bias) {
    return bias == null ? new Tensor[] {first, weight} : new Tensor[] {first, weight, bias};
  }

  /** The gradients of {@link #operands}. */
  private static @Nullable Tensor[] gradients(
      @Nullable Tensor first, @Nullable Tensor weight, boolean[] needs, Tensor g) {
    if (needs.length == 2) {
      return new Tensor[] {first, weight};
    }
    return new Tensor[] {first, weight, needs[2] ? g.sum(allButChannels(g.dim())) : null};
  }

  private static int[] allButChannels(int rank) {
    return IntStream.range(0, rank).filter(d -> d != 1).toArray();
  }

  /** Runs the kernel and, where the device takes no bias, adds that by itself. */
  private static Tensor run(Kernel.Convolve k, @Nullable Tensor bias) {
    Device device = k.out().storage().device();
    if (bias == null || device.supports(k)) {
      device.run(k);
      return Internals.fresh(k.out());
    }
    device.run(
        new Kernel.Convolve(
            k.in(),
            k.weight(),
            null,
            k.out(),
            k.stride(),
            k.padding(),
            k.dilation(),
            k.inputDilation(),
            k.groups()));
    long[] shape = new long[k.out().layout().rank()];
    Arrays.fill(shape, 1);
    shape[1] = -1;
    try (GradMode.Scope quiet = GradMode.noGrad()) {
      return Internals.fresh(k.out()).add(bias.reshape(shape));
    }
  }

  private static Operand allocate(Tensor like, long first, long second, int[] rest) {
    return Allocation.of(
        like.device(), like.dtype(), Shape.of(Spatial.shape(first, second, longs(rest))));
  }

  /** The first two dimensions in each other's place. */
  private static Operand swapped(Operand x) {
    Layout l = x.layout();
    long[] sizes = l.shape().toArray();
    long[] strides = l.strides().clone();
    sizes[0] = l.size(1);
    sizes[1] = l.size(0);
    strides[0] = l.stride(1);
    strides[1] = l.stride(0);
    return x.with(Layout.of(Shape.of(sizes), strides, l.offset()));
  }

  /** [out, in / groups, window…] to [in, out / groups, window…], each window back to front. */
  private Operand reversed(Tensor weight) {
    Operand x = Internals.operand(weight);
    if (groups == 1) {
      x = swapped(x);
    } else {
      long outputs = weight.size(0) / groups;
      long channels = weight.size(1);
      Tensor grouped =
          weight.detach().reshape(Spatial.shape(groups, outputs, new long[] {channels, -1}));
      x =
          Internals.operand(
              grouped
                  .transpose(1, 2)
                  .reshape(Spatial.shape(groups * channels, outputs, longs(window))));
    }
    Layout l = x.layout();
    long[] strides = l.strides().clone();
    long offset = l.offset();
    for (int d = 2; d < strides.length; d++) {
      offset += (l.size(d) - 1) * strides[d];
      strides[d] = -strides[d];
    }
    return x.with(Layout.of(l.shape(), strides, offset));
  }

  /** [batch, in, sizes…] to [in / groups, groups · batch, sizes…]. */
  private Operand imagesAsChannels(Tensor input) {
    if (groups == 1) {
      return swapped(Internals.operand(input));
    }
    long channels = input.size(1) / groups;
    long batch = input.size(0);
    Tensor grouped =
        input.detach().reshape(Spatial.shape(batch, groups, new long[] {channels, -1}));
    return Internals.operand(
        grouped.permute(2, 1, 0, 3).reshape(Spatial.shape(channels, groups * batch, longs(sizes))));
  }
}
