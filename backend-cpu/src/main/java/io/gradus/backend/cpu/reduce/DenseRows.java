package io.gradus.backend.cpu.reduce;

import io.gradus.backend.cpu.Workers;
import io.gradus.tensor.dtype.DType;
import io.gradus.tensor.kernel.Operand;
import io.gradus.tensor.layout.Layout;
import io.gradus.tensor.layout.Shape;
import org.jspecify.annotations.Nullable;

/**
 * Rows of {@code f32}, one behind the other in memory, each of which fits the nearest cache.
 *
 * @param axis the first of the axes that a row has
 */
record DenseRows(int axis, int count, int length) {
  private static final int GRAIN = 1 << 14;

  /** The rows over the reduced axes, or null if these are not the last ones or rows too long. */
  static @Nullable DenseRows of(Shape shape, boolean[] axes) {
    int axis = axes.length;
    long length = 1;
    while (axis > 0 && axes[axis - 1]) {
      length *= shape.size(--axis);
    }
    for (int d = 0; d < axis; d++) {
      if (axes[d]) {
        return null;
      }
    }
    boolean fits = length > 1 && length <= Blocks.SIZE && shape.numel() <= Integer.MAX_VALUE;
    return fits ? new DenseRows(axis, (int) (shape.numel() / length), (int) length) : null;
  }

  /** Whether an operand of the whole shape lies in memory as it is. */
  boolean isWhole(Operand o) {
    return hasStrides(o, length, 1);
  }

  /** Whether an operand is one row, the same for all. */
  boolean isRow(Operand o) {
    return hasStrides(o, 0, 1);
  }

  /** Whether an operand has one number a row. */
  boolean isColumn(Operand o) {
    return hasStrides(o, 1, 0);
  }

  private boolean hasStrides(Operand o, long row, long element) {
    Layout l = o.layout();
    long expected = element;
    for (int d = l.rank() - 1; d >= 0; d--) {
      expected = d == axis - 1 ? row : expected;
      if (l.size(d) != 1) {
        if (l.stride(d) != expected) {
          return false;
        }
        expected *= l.size(d);
      }
    }
    return o.dtype() == DType.F32;
  }

  /** Runs a task for all rows, several at a time. */
  void run(Workers.RangeTask task) {
    Workers.run(count, Math.max(1, Blocks.grain((long) count * length, GRAIN) / length), task);
  }
}
