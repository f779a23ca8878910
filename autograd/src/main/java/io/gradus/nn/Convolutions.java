package io.gradus.nn;

import io.gradus.Tensor;
import io.gradus.tensor.dtype.DType;
import io.gradus.tensor.error.DTypeException;
import io.gradus.tensor.error.InvalidArgumentException;
import io.gradus.tensor.error.ShapeException;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Convolutions and transposed convolutions over one to three dimensions: by the device where it has
 * them, else as products of matrices with the windows of the input.
 *
 * <p>V. Dumoulin, F. Visin, "A guide to convolution arithmetic for deep learning", 2016.
 */
public final class Convolutions {
  private Convolutions() {}

  /**
   * Cross-correlation of signals with kernels.
   *
   * @param input [batch, in, length] or [in, length]
   * @param weight [out, in / groups, kernel]
   * @param bias [out] or null
   * @return [batch, out, (length + 2 padding − dilation (kernel − 1) − 1) / stride + 1]
   * @throws ShapeException if channels do not fit, or a kernel is larger than the padded input
   */
  public static Tensor conv1d(
      Tensor input, Tensor weight, @Nullable Tensor bias, ConvOptions options) {
    return conv("conv1d", 1, input, weight, bias, options);
  }

  /** As {@link #conv1d} for images: [batch, in, h, w] with [out, in / groups, kh, kw]. */
  public static Tensor conv2d(
      Tensor input, Tensor weight, @Nullable Tensor bias, ConvOptions options) {
    return conv("conv2d", 2, input, weight, bias, options);
  }

  /** As {@link #conv1d} for volumes: [batch, in, d, h, w] with [out, in / groups, kd, kh, kw]. */
  public static Tensor conv3d(
      Tensor input, Tensor weight, @Nullable Tensor bias, ConvOptions options) {
    return conv("conv3d", 3, input, weight, bias, options);
  }

  /**
   * The gradient of a convolution with respect to its input, as an operation of its own.
   *
   * @param input [batch, in, length] or [in, length]
   * @param weight [in, out / groups, kernel]
   * @param bias [out] or null
   * @return [batch, out, (length − 1) stride − 2 padding + dilation (kernel − 1) + outputPadding +
   *     1]
   * @throws ShapeException if channels do not fit
   */
  public static Tensor convTranspose1d(
      Tensor input, Tensor weight, @Nullable Tensor bias, ConvOptions options) {
    return transposed("conv_transpose1d", 1, input, weight, bias, options);
  }

  /** As {@link #convTranspose1d} for images. */
  public static Tensor convTranspose2d(
      Tensor input, Tensor weight, @Nullable Tensor bias, ConvOptions options) {
    return transposed("conv_transpose2d", 2, input, weight, bias, options);
  }

  /** As {@link #convTranspose1d} for volumes. */
  public static Tensor convTranspose3d(
      Tensor input, Tensor weight, @Nullable Tensor bias, ConvOptions options) {
    return transposed("conv_transpose3d", 3, input, weight, bias, options);
  }

  /**
   * The windows of images as columns.
   *
   * @param input [batch, channels, h, w] or [channels, h, w]
   * @return [batch, channels · kh · kw, windows]
   */
  public static Tensor unfold(
      Tensor input, long[] kernel, long[] dilation, long[] padding, long[] stride) {
    Tensor x = Spatial.batched("unfold", input, 2);
    Windows windows = windows("unfold", 2, kernel, dilation, padding, stride);
    long[] pad = Spatial.each("unfold", "padding", padding, 2);
    Tensor padded = Windows.pad(x, pad, pad);
    long[] counts = fitting("unfold", windows, Spatial.sizes(padded, 2));
    Tensor columns = windows.extract(padded);
    long rows = x.size(1) * windows.kernel().at(0) * windows.kernel().at(1);
    return Spatial.like(input, 2, columns.reshape(x.size(0), rows, Spatial.product(counts)));
  }

  /**
   * Adds columns back into images, the adjoint of {@link #unfold}.
   *
   * @param input [batch, channels · kh · kw, windows] or without batch
   * @param outputSize h and w
   * @return [batch, channels, h, w]
   */
  public static Tensor fold(
      Tensor input,
      long[] outputSize,
      long[] kernel,
      long[] dilation,
      long[] padding,
      long[] stride) {
    if (input.dim() != 2 && input.dim() != 3) {
      throw new ShapeException(
          "[fold] Expected 2D or 3D (batch mode) tensor for input, but got: " + input.shape());
    }
    Tensor x = input.dim() == 2 ? input.unsqueeze(0) : input;
    Windows windows = windows("fold", 2, kernel, dilation, padding, stride);
    long[] size = Spatial.each("fold", "output_size", outputSize, 2);
    long[] pad = Spatial.each("fold", "padding", padding, 2);
    long[] wide = new long[2];
    Arrays.setAll(wide, i -> size[i] + 2 * pad[i]);
    long[] counts = windows.counts(wide);
    long[] taps = windows.kernel().values();
    long area = Spatial.product(taps);
    if (x.size(1) % area != 0
        || counts[0] < 1
        || counts[1] < 1
        || counts[0] * counts[1] != x.size(2)) {
      throw new ShapeException(
          "[fold] Given output_size=%s and kernel_size=%s, expected size of input's dimension 2 to match the calculated number of sliding blocks %d * %d and dimension 1 to be divisible by %d, but got %s"
              .formatted(
                  Arrays.toString(size),
                  Arrays.toString(taps),
                  counts[0],
                  counts[1],
                  area,
                  input.shape()));
    }
    Tensor columns = x.reshape(Spatial.shape(x.size(0), x.size(1) / area, taps, counts));
    Tensor image = Windows.crop(windows.fold(columns, wide), pad, size);
    return input.dim() == 2 ? image.squeeze(0) : image;
  }

  private static Windows windows(
      String op, int n, long[] kernel, long[] dilation, long[] padding, long[] stride) {
    long[] k = Spatial.each(op, "kernel_size", kernel, n);
    long[] d = Spatial.each(op, "dilation", dilation, n);
    long[] s = Spatial.each(op, "stride", stride, n);
    Spatial.atLeast(op, "kernel size should be greater than zero", k, 1);
    Spatial.atLeast(op, "dilation should be greater than zero", d, 1);
    Spatial.atLeast(op, "negative padding is not supported", padding, 0);
    Spatial.atLeast(op, "non-positive stride is not supported", s, 1);
    return new Windows(k, s, d);
  }

  private static long[] fitting(String op, Windows windows, long[] sizes) {
    long[] counts = windows.counts(sizes);
    for (long count : counts) {
      if (count < 1) {
        throw new ShapeException(
            "[%s] Calculated padded input size per channel: %s. Kernel size: %s. Kernel size can't be greater than actual input size (dilation %s)"
                .formatted(op, Arrays.toString(sizes), windows.kernel(), windows.dilation()));
      }
    }
    return counts;
  }

  private static Tensor conv(
      String op, int n, Tensor input, Tensor weight, @Nullable Tensor bias, ConvOptions o) {
    Tensor x = Spatial.batched(op, input, n);
    check(op, n, x, weight, bias, o);
    long[] kernel = Spatial.sizes(weight, n);
    long[] before = Spatial.each(op, "padding", ConvOptions.array(o.padding()), n);
    long[] after = before;
    Windows windows =
        windows(
            op, n, kernel, ConvOptions.array(o.dilation()), before, ConvOptions.array(o.stride()));
    long groups = o.groups();
    channels(op, x, weight, weight.size(1) * groups);
    bias(op, weight, bias, weight.size(0));
    if (o.same()) {
      if (o.stride().stream().anyMatch(s -> s != 1)) {
        throw new InvalidArgumentException(
            "[%s] padding='same' is not supported for strided convolutions: stride %s"
                .formatted(op, o.stride()));
      }
      long[] total = new long[n];
      Arrays.setAll(total, i -> windows.dilation().at(i) * (kernel[i] - 1));
      before = Arrays.stream(total).map(t -> t / 2).toArray();
      after = Arrays.stream(total).map(t -> t - t / 2).toArray();
    }
    DType wide = Precision.wide(x.dtype());
    Tensor same = x.dtype() == wide ? x : x.to(wide);
    Tensor w = weight.dtype() == wide ? weight : weight.to(wide);
    if (Convolution.isSupported(same)) {
      long[] sizes = Spatial.sizes(x, n);
      long[] padded = new long[n];
      for (int i = 0; i < n; i++) {
        padded[i] = before[i] + sizes[i] + after[i];
      }
      long[] counts = fitting(op, windows, padded);
      Convolution c =
          new Convolution(
              sizes,
              kernel,
              counts,
              windows.stride().values(),
              before,
              windows.dilation().values(),
              groups);
      return finish(n, input, null, c.result(same, w, bias == null ? null : bias.to(wide)));
    }
    Tensor padded = Windows.pad(same, before, after);
    long[] counts = fitting(op, windows, Spatial.sizes(padded, n));
    long batch = x.size(0);
    long out = weight.size(0);
    long depth = weight.size(1) * Spatial.product(kernel);
    long places = Spatial.product(counts);
    Tensor columns = windows.extract(padded);
    Tensor y =
        groups == 1
            ? w.reshape(out, depth).matmul(columns.reshape(batch, depth, places))
            : w.reshape(groups, out / groups, depth)
                .matmul(columns.reshape(batch, groups, depth, places));
    return finish(n, input, bias, y.reshape(Spatial.shape(batch, out, counts)));
  }

  private static Tensor transposed(
      String op, int n, Tensor input, Tensor weight, @Nullable Tensor bias, ConvOptions o) {
    Tensor x = Spatial.batched(op, input, n);
    check(op, n, x, weight, bias, o);
    long[] kernel = Spatial.sizes(weight, n);
    long[] pad = Spatial.each(op, "padding", ConvOptions.array(o.padding()), n);
    long[] more = Spatial.each(op, "output_padding", ConvOptions.array(o.outputPadding()), n);
    Windows windows =
        windows(op, n, kernel, ConvOptions.array(o.dilation()), pad, ConvOptions.array(o.stride()));
    Spatial.atLeast(op, "negative output_padding is not supported", more, 0);
    long groups = o.groups();
    channels(op, x, weight, weight.size(0));
    long out = weight.size(1) * groups;
    bias(op, weight, bias, out);
    long[] sizes = Spatial.sizes(x, n);
    long[] full = new long[n];
    long[] kept = new long[n];
    long[] wideSizes = new long[n];
    for (int i = 0; i < n; i++) {
      if (more[i] >= Math.max(windows.stride().at(i), windows.dilation().at(i))) {
        throw new InvalidArgumentException(
            "[%s] output padding must be smaller than either stride or dilation, but got output_padding %s, stride %s, dilation %s"
                .formatted(op, Arrays.toString(more), windows.stride(), windows.dilation()));
      }
      full[i] =
          (sizes[i] - 1) * windows.stride().at(i) + windows.dilation().at(i) * (kernel[i] - 1) + 1;
      kept[i] = full[i] - 2 * pad[i] + more[i];
      wideSizes[i] = Math.max(full[i], pad[i] + kept[i]);
      if (kept[i] < 1) {
        throw new ShapeException(
            "[%s] Given input size per channel: %s. Calculated output size per channel: %d in dimension %d. Output size is too small"
                .formatted(op, Arrays.toString(sizes), kept[i], i));
      }
    }
    // Half precision goes PyTorch's way, which rounds after each of its steps, on all devices.
    if (x.dtype() == Precision.wide(x.dtype()) && Convolution.isSupported(x)) {
      Convolution c =
          new Convolution(
              kept,
              kernel,
              sizes,
              windows.stride().values(),
              pad,
              windows.dilation().values(),
              groups);
      return finish(n, input, null, c.input(x, weight, bias));
    }
    long batch = x.size(0);
    long depth = weight.size(1) * Spatial.product(kernel);
    long in = weight.size(0) / groups;
    long places = Spatial.product(sizes);
    Tensor w = weight.reshape(groups, in, depth);
    Tensor columns = w.transpose(1, 2).matmul(x.reshape(batch, groups, in, places));
    Tensor y = windows.fold(columns.reshape(Spatial.shape(batch, out, kernel, sizes)), full);
    long[] behind = new long[n];
    Arrays.setAll(behind, i -> wideSizes[i] - full[i]);
    Tensor whole = Windows.pad(y, new long[n], behind);
    return finish(n, input, bias, Windows.crop(whole, pad, kept));
  }

  private static Tensor finish(int n, Tensor input, @Nullable Tensor bias, Tensor y) {
    Tensor sum = y;
    if (bias != null) {
      long[] ones = new long[n];
      Arrays.fill(ones, 1);
      sum = y.add(bias.to(y.dtype()).reshape(Spatial.shape(1, bias.numel(), ones)));
    }
    Tensor typed = sum.dtype() == input.dtype() ? sum : sum.to(input.dtype());
    return Spatial.like(input, n, typed);
  }

  private static void check(
      String op, int n, Tensor x, Tensor weight, @Nullable Tensor bias, ConvOptions o) {
    if (weight.dim() < 3) {
      throw new ShapeException(
          "[%s] weight should have at least three dimensions, but got %s"
              .formatted(op, weight.shape()));
    }
    if (weight.dim() != n + 2) {
      throw new ShapeException(
          "[%s] Expected %d-dimensional input for %d-dimensional weight%s, but got %d-dimensional input of size %s instead"
              .formatted(op, weight.dim(), weight.dim(), weight.shape(), x.dim(), x.shape()));
    }
    if (weight.dtype() != x.dtype()) {
      throw new DTypeException(
          "[%s] Input type (%s) and weight type (%s) should be the same"
              .formatted(op, x.dtype(), weight.dtype()));
    }
    if (bias != null && bias.dtype() != x.dtype()) {
      throw new DTypeException(
          "[%s] Input type (%s) and bias type (%s) should be the same"
              .formatted(op, x.dtype(), bias.dtype()));
    }
    for (int d = 2; d < x.dim(); d++) {
      if (x.size(d) == 0) {
        throw new ShapeException(
            "[%s] Only zero batch or zero channel inputs are supported, but got input shape: %s"
                .formatted(op, x.shape()));
      }
    }
    long groups = o.groups();
    if (groups < 1) {
      throw new InvalidArgumentException(
          "[%s] non-positive groups is not supported: %d".formatted(op, groups));
    }
    if (weight.size(0) < groups || weight.size(0) % groups != 0) {
      throw new ShapeException(
          "[%s] Given groups=%d, expected weight to be at least %d at dimension 0 and divisible by it, but got weight of size %s instead"
              .formatted(op, groups, groups, weight.shape()));
    }
  }

  private static void channels(String op, Tensor x, Tensor weight, long expected) {
    if (x.size(1) != expected) {
      throw new ShapeException(
          "[%s] Given weight of size %s, expected input%s to have %d channels, but got %d channels instead"
              .formatted(op, weight.shape(), x.shape(), expected, x.size(1)));
    }
  }

  private static void bias(String op, Tensor weight, @Nullable Tensor bias, long expected) {
    if (bias != null && (bias.dim() != 1 || bias.numel() != expected)) {
      throw new ShapeException(
          "[%s] Given weight of size %s, expected bias to be 1-dimensional with %d elements, but got bias of size %s instead"
              .formatted(op, weight.shape(), expected, bias.shape()));
    }
  }
}
