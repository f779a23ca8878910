package io.gradus.backend.cpu.pool;

import io.gradus.tensor.kernel.Kernel;
import io.gradus.tensor.layout.Layout;

/** Sizes of a pool, with exactly {@link #AXES} spatial axes. */
final class PoolGeometry {
  static final int AXES = 3;

  final int[] size = {1, 1, 1};
  final int[] out = {1, 1, 1};
  private final int[] window = {1, 1, 1};
  private final int[] stride = {1, 1, 1};
  private final int[] padding = {0, 0, 0};
  final int[] dilation = {1, 1, 1};

  PoolGeometry(Kernel.MaxPool k) {
    int n = k.window().length;
    for (int i = 0; i < n; i++) {
      int d = AXES - n + i;
      size[d] = (int) k.in().layout().size(i + 2);
      out[d] = (int) k.values().layout().size(i + 2);
      window[d] = k.window()[i];
      stride[d] = k.stride()[i];
      padding[d] = k.padding()[i];
      dilation[d] = k.dilation()[i];
    }
  }

  /** Whether windows are pairs of neighbours along the last axis, next to each other. */
  boolean isPairs() {
    return window[2] == 2
        && stride[2] == 2
        && padding[2] == 0
        && dilation[2] == 1
        && 2 * out[2] <= size[2];
  }

  /** Where the first element inside of a window is. */
  int first(int axis, int o) {
    int at = o * stride[axis] - padding[axis];
    return at >= 0 ? at : at + (-at + dilation[axis] - 1) / dilation[axis] * dilation[axis];
  }

  /** Behind the last element inside of a window. */
  int end(int axis, int o) {
    int last = o * stride[axis] - padding[axis] + (window[axis] - 1) * dilation[axis];
    return Math.min(last + 1, size[axis]);
  }

  /** The strides of a layout along the {@link #AXES}; 0 where it has no such axis. */
  static int[] strides(Layout layout) {
    int[] all = new int[AXES];
    int n = layout.rank() - 2;
    for (int i = 0; i < n; i++) {
      all[AXES - n + i] = (int) layout.stride(i + 2);
    }
    return all;
  }

  /** Where a channel of an image starts. */
  static int start(Layout layout, int n, int channel) {
    return (int) (layout.offset() + n * layout.stride(0) + channel * layout.stride(1));
  }
}
