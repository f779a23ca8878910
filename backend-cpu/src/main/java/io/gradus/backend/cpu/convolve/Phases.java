package io.gradus.backend.cpu.convolve;

import io.gradus.tensor.kernel.Kernel;
import io.gradus.tensor.kernel.Operand;
import io.gradus.tensor.layout.Layout;
import io.gradus.tensor.layout.Shape;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * A convolution whose input has zeros between its elements, as several without: results whose
 * positions leave the same remainder meet elements with the same taps, and zeros with all others.
 */
final class Phases {
  private Phases() {}

  /**
   * The convolutions that together compute the results of one of stride 1, in lists of those whose
   * results lie beside each other in the same rows.
   */
  static List<List<Kernel.Convolve>> of(Kernel.Convolve k) {
    int last = k.stride().length - 1;
    List<Kernel.Convolve> rows = List.of(k);
    for (int axis = 0; axis < last; axis++) {
      List<Kernel.Convolve> divided = new ArrayList<>();
      for (Kernel.Convolve part : rows) {
        divided.addAll(along(part, axis));
      }
      rows = divided;
    }
    return rows.stream().map(part -> along(part, last)).toList();
  }

  private static List<Kernel.Convolve> along(Kernel.Convolve k, int axis) {
    int count = Math.min(k.inputDilation()[axis], (int) k.out().layout().size(axis + 2));
    return IntStream.range(0, count).mapToObj(remainder -> phase(k, axis, remainder)).toList();
  }

  private static Kernel.Convolve phase(Kernel.Convolve k, int axis, int remainder) {
    int apart = k.inputDilation()[axis];
    int dilation = k.dilation()[axis];
    int before = k.padding()[axis] - remainder;
    int window = (int) k.weight().layout().size(axis + 2);
    Operand out = every(k.out(), axis + 2, remainder, apart);
    int first = 0;
    while (first < window && Math.floorMod(first * dilation - before, apart) != 0) {
      first++;
    }
    if (first == window) {
      int[] ones = k.inputDilation().clone();
      Arrays.fill(ones, 1);
      return new Kernel.Convolve(
          k.in(),
          none(k.weight()),
          k.bias(),
          out,
          k.stride(),
          k.padding(),
          k.dilation(),
          ones,
          k.groups());
    }
    int step = 1;
    while (step * dilation % apart != 0) {
      step++;
    }
    Operand weight = every(k.weight(), axis + 2, first, step);
    int padding = (before - first * dilation) / apart;
    return with(k, axis, weight, out, padding, step * dilation / apart);
  }

  private static Kernel.Convolve with(
      Kernel.Convolve k, int axis, Operand weight, Operand out, int padding, int dilation) {
    return new Kernel.Convolve(
        k.in(),
        weight,
        k.bias(),
        out,
        k.stride(),
        replaced(k.padding(), axis, padding),
        replaced(k.dilation(), axis, dilation),
        replaced(k.inputDilation(), axis, 1),
        k.groups());
  }

  static int[] replaced(int[] values, int at, int value) {
    int[] all = values.clone();
    all[at] = value;
    return all;
  }

  /** Elements {@code first}, {@code first + step} … along a dimension, to its end. */
  private static Operand every(Operand x, int dim, int first, int step) {
    return part(x, dim, first, step, (x.layout().size(dim) - first + step - 1) / step);
  }

  /** Elements {@code first}, {@code first + step} … along a dimension, so many of them. */
  static Operand part(Operand x, int dim, int first, int step, long count) {
    Layout l = x.layout();
    long[] sizes = l.shape().toArray();
    long[] strides = l.strides().clone();
    sizes[dim] = count;
    strides[dim] *= step;
    return x.with(Layout.of(Shape.of(sizes), strides, l.offset() + first * l.stride(dim)));
  }

  /** Weights of no channels: results that no element contributes to are the bias alone. */
  private static Operand none(Operand weight) {
    return part(weight, 1, 0, 1, 0);
  }
}
