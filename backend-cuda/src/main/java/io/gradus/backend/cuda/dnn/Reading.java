package io.gradus.backend.cuda.dnn;

import io.gradus.tensor.kernel.Kernel;
import io.gradus.tensor.kernel.Operand;
import io.gradus.tensor.layout.Layout;
import io.gradus.tensor.layout.Shape;
import io.gradus.tensor.layout.ViewStrides;
import java.util.Arrays;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;

/**
 * A kernel read as one of cuDNN's three: {@link Kernel.Convolve} is closed under its own gradients,
 * which cuDNN has functions of their own for.
 *
 * @param x [batch, channels, sizes…] seen in the kernel's operand, perhaps with the channels as
 *     [groups, channels of a group]
 * @param filter [outputs, channels of a group, window…], perhaps with the outputs by groups
 * @param y [batch, outputs, places…]
 */
record Reading(
    Direction direction,
    Operand x,
    Operand filter,
    Operand y,
    int[] padding,
    int[] stride,
    int[] dilation,
    int groups) {

  /** The reading with the least to be copied, or null if there is none. */
  static @Nullable Reading of(Kernel.Convolve k) {
    boolean dense = Arrays.stream(k.inputDilation()).allMatch(d -> d == 1);
    Reading filter = dense ? filter(k) : null;
    Reading forward = dense ? forward(k) : null;
    // The window of a gradient at the weight is as large as the places.
    boolean wideWindow = spatial(k.weight().layout()) > spatial(k.out().layout());
    Reading best = null;
    for (Reading reading :
        Arrays.asList(wideWindow ? filter : forward, wideWindow ? forward : filter, data(k))) {
      if (reading != null && reading.fits() && (best == null || reading.copies() < best.copies())) {
        best = reading;
      }
    }
    return best;
  }

  private static long spatial(Layout layout) {
    return LongStream.of(layout.shape().toArray()).skip(2).reduce(1, Math::multiplyExact);
  }

  private static Reading forward(Kernel.Convolve k) {
    return new Reading(
        Direction.FORWARD,
        k.in(),
        k.weight(),
        k.out(),
        k.padding(),
        k.stride(),
        k.dilation(),
        k.groups());
  }

  /** The weight came as [channels, outputs of a group, window…], each window back to front. */
  private static @Nullable Reading data(Kernel.Convolve k) {
    if (Arrays.stream(k.stride()).anyMatch(s -> s != 1)) {
      return null;
    }
    Layout weight = k.weight().layout();
    int spatial = weight.rank() - 2;
    int[] padding =
        IntStream.range(0, spatial)
            .map(d -> Math.toIntExact(k.dilation()[d] * (weight.size(2 + d) - 1) - k.padding()[d]))
            .toArray();
    long outputs = weight.size(1);
    long channels = weight.size(0) / k.groups();
    long[] sizes = new long[3 + spatial];
    long[] strides = new long[3 + spatial];
    sizes[0] = k.groups();
    strides[0] = channels * weight.stride(0);
    sizes[1] = outputs;
    strides[1] = weight.stride(1);
    sizes[2] = channels;
    strides[2] = weight.stride(0);
    long offset = weight.offset();
    for (int d = 0; d < spatial; d++) {
      sizes[3 + d] = weight.size(2 + d);
      strides[3 + d] = -weight.stride(2 + d);
      offset += (weight.size(2 + d) - 1) * weight.stride(2 + d);
    }
    return new Reading(
        Direction.DATA,
        k.out(),
        k.weight().with(Layout.of(Shape.of(sizes), strides, offset)),
        k.in(),
        padding,
        k.inputDilation(),
        k.dilation(),
        k.groups());
  }

  /** The images came as channels, [channels of a group, groups · batch, sizes…]. */
  private static Reading filter(Kernel.Convolve k) {
    Layout in = k.in().layout();
    int spatial = in.rank() - 2;
    long batch = in.size(1) / k.groups();
    long[] sizes = new long[3 + spatial];
    long[] strides = new long[3 + spatial];
    sizes[0] = batch;
    strides[0] = in.stride(1);
    sizes[1] = k.groups();
    strides[1] = batch * in.stride(1);
    sizes[2] = in.size(0);
    strides[2] = in.stride(0);
    for (int d = 0; d < spatial; d++) {
      sizes[3 + d] = in.size(2 + d);
      strides[3 + d] = in.stride(2 + d);
    }
    return new Reading(
        Direction.FILTER,
        k.in().with(Layout.of(Shape.of(sizes), strides, in.offset())),
        swapped(k.out()),
        swapped(k.weight()),
        k.padding(),
        k.dilation(),
        k.stride(),
        k.groups());
  }

  private static Operand swapped(Operand operand) {
    Layout l = operand.layout();
    long[] sizes = l.shape().toArray();
    long[] strides = l.strides().clone();
    sizes[0] = l.size(1);
    sizes[1] = l.size(0);
    strides[0] = l.stride(1);
    strides[1] = l.stride(0);
    return operand.with(Layout.of(Shape.of(sizes), strides, l.offset()));
  }

  /** The sizes of a part as cuDNN counts them, without an axis for groups. */
  Shape shape(Direction.Part part) {
    long[] sizes = operand(part).layout().shape().toArray();
    if (sizes.length == padding.length + 2) {
      return Shape.of(sizes);
    }
    int split = part == Direction.Part.X ? 1 : 0;
    long[] joined = new long[sizes.length - 1];
    System.arraycopy(sizes, 0, joined, 0, split);
    joined[split] = sizes[split] * sizes[split + 1];
    System.arraycopy(sizes, split + 2, joined, split + 1, joined.length - split - 1);
    return Shape.of(joined);
  }

  Operand operand(Direction.Part part) {
    return switch (part) {
      case X -> x;
      case W -> filter;
      case Y -> y;
    };
  }

  /** How a part lies in memory, if that is a way that cuDNN takes; else it must be copied. */
  @Nullable Layout direct(Direction.Part part) {
    Layout layout = ViewStrides.tryView(operand(part).layout(), shape(part));
    if (layout == null) {
      return null;
    }
    boolean takes =
        part == Direction.Part.W ? layout.isContiguous() : layout.isNonOverlappingAndDense();
    return takes ? layout : null;
  }

  private int copies() {
    int copies = 0;
    for (Direction.Part part : Direction.Part.values()) {
      copies += direct(part) == null ? 1 : 0;
    }
    return copies;
  }

  /** Whether a part can be used where it is or be copied: what lies back to front cannot. */
  private boolean isTakeable(Direction.Part part) {
    return direct(part) != null
        || Arrays.stream(operand(part).layout().strides()).allMatch(step -> step >= 0);
  }

  /** Whether cuDNN, which pads both ends alike, computes just these places. */
  private boolean fits() {
    Shape sizes = shape(Direction.Part.X);
    Shape window = shape(Direction.Part.W);
    Shape places = shape(Direction.Part.Y);
    for (Direction.Part part : Direction.Part.values()) {
      Layout layout = operand(part).layout();
      if (layout.numel() == 0 || layout.numel() > Integer.MAX_VALUE || !isTakeable(part)) {
        return false;
      }
    }
    for (int d = 0; d < padding.length; d++) {
      long reach = (long) dilation[d] * (window.size(2 + d) - 1) + 1;
      long room = sizes.size(2 + d) + 2L * padding[d] - reach;
      if (padding[d] < 0 || room < 0 || room / stride[d] + 1 != places.size(2 + d)) {
        return false;
      }
    }
    return padding.length >= 1 && padding.length <= 3;
  }
}
