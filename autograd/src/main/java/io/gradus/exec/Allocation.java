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
    return new Operand(device.allocate(dtype, a.numel()), dtype, denseAs(a, b));
  }

  /** The layout of a result of two operands of one shape. */
  static Layout denseAs(Layout a, Layout b) {
    return a.isCanonical() ? a : orderOf(a, b);
  }

  static Operand pointwise(Device device, DType dtype, Shape shape, Operand[] in) {
    return new Operand(device.allocate(dtype, shape.numel()), dtype, pointwise(shape, in));
  }

  /** As PyTorch: the operands' order of dimensions if they agree on one, else row-major. */
  static Layout pointwise(Shape shape, Operand[] in) {
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
    return first == null || !agree ? Layout.of(shape) : denseAs(first);
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

  /** The same order of dimensions in memory from the start of a new storage, without gaps. */
  public static Layout denseAs(Layout a) {
    if (a.isContiguous()) {
      return a.isCanonical() ? a : Layout.of(a.shape(), emptyOrRowMajor(a), 0);
    }
    return a.isNonOverlappingAndDense()
        ? Layout.of(a.shape(), a.strides(), 0)
        : Layout.of(a.shape(), packed(a), 0);
  }

  private static long[] emptyOrRowMajor(Layout a) {
    return a.numel() == 0 ? a.strides() : Layout.rowMajor(a.shape());
  }

  /**
   * PyTorch's {@code infer_dense_strides}: what repeats (stride 0) keeps its place in the order.
   */
  private static long[] packed(Layout a) {
    int n = a.rank();
    int[] order = new int[n];
    for (int i = 0; i < n; i++) {
      order[i] = n - 1 - i;
    }
    for (int i = 1; i < n; i++) {
      int at = i;
      for (int j = i - 1; j >= 0; j--) {
        int c = compare(a, order[j], order[at]);
        if (c < 0) {
          break;
        }
        if (c > 0) {
          int d = order[j];
          order[j] = order[at];
          order[at] = d;
          at = j;
        }
      }
    }
    long[] strides = new long[n];
    long step = 1;
    for (int d : order) {
      strides[d] = step;
      step *= Math.max(a.size(d), 1);
    }
    return strides;
  }

  private static int compare(Layout a, int d, int e) {
    if (a.stride(d) == 0 || a.stride(e) == 0) {
      return 0;
    }
    int c = Long.compare(a.stride(d), a.stride(e));
    return c != 0 ? c : a.size(d) > a.size(e) ? 1 : 0;
  }
}
