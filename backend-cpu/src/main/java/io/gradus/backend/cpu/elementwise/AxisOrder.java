package io.gradus.backend.cpu.elementwise;

import io.gradus.tensor.kernel.Operand;
import io.gradus.tensor.layout.Layout;
import io.gradus.tensor.layout.Shape;

/**
 * Chooses the order in which the axes of a loop are walked: that of the first output in memory.
 *
 * <p>Pointwise results do not depend on the order, so a loop over tensors that are all transposed
 * alike becomes one over contiguous tensors. Axes that are one run of memory in every operand are
 * merged.
 */
final class AxisOrder {
  private AxisOrder() {}

  /** The operands (of one shape) with their axes reordered and merged alike. */
  static Operand[] normalize(Operand[] operands, Layout output) {
    int[] axes = byStride(output);
    long[] sizes = new long[axes.length];
    long[][] strides = new long[operands.length][axes.length];
    int n = 0;
    for (int axis : axes) {
      long size = output.size(axis);
      if (n > 0 && isOneRun(operands, strides, n - 1, axis, size)) {
        sizes[n - 1] *= size;
      } else {
        sizes[n++] = size;
      }
      for (int k = 0; k < operands.length; k++) {
        strides[k][n - 1] = operands[k].layout().stride(axis);
      }
    }
    Shape shape = Shape.of(java.util.Arrays.copyOf(sizes, n));
    Operand[] to = new Operand[operands.length];
    for (int k = 0; k < to.length; k++) {
      long[] own = java.util.Arrays.copyOf(strides[k], n);
      to[k] = operands[k].with(Layout.of(shape, own, operands[k].layout().offset()));
    }
    return to;
  }

  /** The axes of more than one element, largest stride first, otherwise in their own order. */
  private static int[] byStride(Layout output) {
    int[] axes = new int[output.rank()];
    int n = 0;
    for (int d = 0; d < axes.length; d++) {
      if (output.size(d) == 1) {
        continue;
      }
      int k = n++;
      for (; k > 0 && output.stride(axes[k - 1]) < output.stride(d); k--) {
        axes[k] = axes[k - 1];
      }
      axes[k] = d;
    }
    return java.util.Arrays.copyOf(axes, n);
  }

  private static boolean isOneRun(
      Operand[] operands, long[][] strides, int outer, int axis, long size) {
    for (int k = 0; k < operands.length; k++) {
      if (strides[k][outer] != operands[k].layout().stride(axis) * size) {
        return false;
      }
    }
    return true;
  }
}
