package io.gradus.tensor.layout;

import io.gradus.tensor.error.ShapeException;

/**
 * The rule by which shapes are stretched to each other: aligned at the last dimension, a size of 1
 * (or a missing one) repeats.
 */
public final class Broadcasting {
  private Broadcasting() {}

  /**
   * The common shape of two operands.
   *
   * @param op name of the operation, for the message
   * @throws ShapeException where two sizes differ and neither is 1
   */
  public static Shape of(String op, Shape a, Shape b) {
    if (a == b || a.equals(b)) {
      return a;
    }
    int rank = Math.max(a.rank(), b.rank());
    long[] sizes = new long[rank];
    for (int i = 1; i <= rank; i++) {
      long x = i <= a.rank() ? a.sizes[a.rank() - i] : 1;
      long y = i <= b.rank() ? b.sizes[b.rank() - i] : 1;
      if (x != y && x != 1 && y != 1) {
        throw new ShapeException(
            "[%s] The size of tensor a (%d) must match the size of tensor b (%d) at non-singleton dimension %d: shapes %s and %s; reshape or unsqueeze one of them."
                .formatted(op, x, y, rank - i, a, b));
      }
      sizes[rank - i] = x == 1 ? y : x;
    }
    return Shape.owning(sizes);
  }

  /** Whether {@code from} can be stretched to {@code to}. */
  public static boolean fits(Shape from, Shape to) {
    if (from.rank() > to.rank()) {
      return false;
    }
    for (int i = 1; i <= from.rank(); i++) {
      long x = from.sizes[from.rank() - i];
      if (x != 1 && x != to.sizes[to.rank() - i]) {
        return false;
      }
    }
    return true;
  }

  /**
   * The layout that repeats {@code in} to {@code to} with strides of 0.
   *
   * @throws ShapeException where it does not fit
   */
  public static Layout expand(String op, Layout in, Shape to) {
    if (in.shape().equals(to)) {
      return in;
    }
    if (!fits(in.shape(), to)) {
      throw new ShapeException(
          "[%s] The expanded size %s must match the existing size %s at non-singleton dimensions; only dimensions of size 1 can be expanded."
              .formatted(op, to, in.shape()));
    }
    long[] strides = new long[to.rank()];
    int lead = to.rank() - in.rank();
    for (int d = strides.length - 1; d >= 0 && in.rank() > 0; d--) {
      // A new dimension of size 1 gets the stride that it would have in row-major order.
      long size = d >= lead ? in.size(d - lead) : 1;
      long stride = d >= lead ? in.stride(d - lead) : to.sizes[d + 1] * strides[d + 1];
      strides[d] = size == 1 && to.sizes[d] != 1 ? 0 : stride;
    }
    return Layout.owning(to, strides, in.offset());
  }

  /** Flags of the dimensions of {@code to} that repeat a tensor of shape {@code from}. */
  public static boolean[] expandedDims(Shape from, Shape to) {
    boolean[] expanded = new boolean[to.rank()];
    int lead = to.rank() - from.rank();
    for (int d = 0; d < expanded.length; d++) {
      expanded[d] = d < lead || from.sizes[d - lead] == 1 && to.sizes[d] != 1;
    }
    return expanded;
  }
}
