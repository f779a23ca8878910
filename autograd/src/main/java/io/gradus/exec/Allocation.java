package io.gradus.exec;

import io.gradus.tensor.backend.Device;
import io.gradus.tensor.dtype.DType;
import io.gradus.tensor.kernel.Operand;
import io.gradus.tensor.layout.Layout;
import io.gradus.tensor.layout.Shape;

/** New memory for results, and the strides they get. */
public final class Allocation {
  private Allocation() {}

  /** A dense row-major result. */
  public static Operand of(Device device, DType dtype, Shape shape) {
    return new Operand(device.allocate(dtype, shape.numel()), dtype, Layout.of(shape));
  }

  /** A result with the order of dimensions in memory that its operand has. */
  static Operand like(Device device, DType dtype, Layout a) {
    return new Operand(device.allocate(dtype, a.numel()), dtype, denseAs(a));
  }

  static Operand like(Device device, DType dtype, Layout a, Layout b) {
    Layout layout = a.isCanonical() ? a : orderOf(a, b);
    return new Operand(device.allocate(dtype, a.numel()), dtype, layout);
  }

  /** As PyTorch: the operands' order of dimensions if they agree on one, else row-major. */
  static Operand pointwise(Device device, DType dtype, Shape shape, Operand[] in) {
    Layout first = null;
    boolean agree = true;
    for (Operand x : in) {
      if (x.layout().shape().equals(shape) && shape.rank() > 0) {
        if (first == null) {
          first = x.layout();
        } else {
          agree &= sameStrides(first, x.layout());
        }
      }
    }
    Layout layout = first == null || !agree ? Layout.of(shape) : denseAs(first);
    return new Operand(device.allocate(dtype, shape.numel()), dtype, layout);
  }

  private static Layout orderOf(Layout a, Layout b) {
    return sameStrides(a, b) ? denseAs(a) : Layout.of(a.shape());
  }

  private static boolean sameStrides(Layout a, Layout b) {
    for (int d = 0; d < a.rank(); d++) {
      if (a.stride(d) != b.stride(d)) {
        return false;
      }
    }
    return true;
  }

  /** The same strides from the start of a new storage if they leave no gaps, else row-major. */
  public static Layout denseAs(Layout a) {
    if (a.isContiguous()) {
      return a.isCanonical() ? a : Layout.of(a.shape());
    }
    return a.isNonOverlappingAndDense()
        ? Layout.of(a.shape(), a.strides(), 0)
        : Layout.of(a.shape());
  }
}
