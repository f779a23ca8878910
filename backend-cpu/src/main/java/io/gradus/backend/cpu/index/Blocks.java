package io.gradus.backend.cpu.index;

import io.gradus.backend.cpu.CpuStorage;
import io.gradus.backend.cpu.Workers;
import io.gradus.backend.cpu.runs.Runs;
import io.gradus.backend.cpu.runs.Walk;
import io.gradus.tensor.dtype.DType;
import io.gradus.tensor.error.TensorIndexException;
import io.gradus.tensor.kernel.Operand;
import io.gradus.tensor.layout.Layout;
import io.gradus.tensor.layout.Shape;
import java.util.Arrays;

/** How an index falls into blocks that move as a whole, and where they are; indices checked. */
final class Blocks {
  private static final int GRAIN = 1 << 15;

  private final long[] index;
  private final Layout indexLayout;
  private final int axis;
  private final int split;
  private final long[] sizes;
  private final Layout indexed;
  private final Layout other;

  /** From one position along the axis to the next in the operand that is indexed. */
  final long axisStride;

  /** The shape of a block. */
  final Shape block;

  final int size;

  /** Some blocks in a row: {@code index[at + i step]} says where number i is. */
  @FunctionalInterface
  interface Visitor {
    /**
     * Does n blocks.
     *
     * @param place of the first in the operand that is indexed, if its index were 0
     * @param other place of the first in the other operand
     */
    void visit(
        long[] index, int at, int step, int place, int placeStep, int other, int otherStep, int n);
  }

  /**
   * The blocks of an index.
   *
   * @param indexed layout of the operand that is indexed
   * @param other layout of the operand of the shape of the index
   */
  Blocks(Operand operand, int axis, Layout indexed, Layout other) {
    Layout layout = operand.layout();
    this.axis = axis;
    this.indexed = indexed;
    this.other = other;
    this.axisStride = indexed.stride(axis);
    int outer = layout.rank();
    while (outer > axis + 1 && (layout.stride(outer - 1) == 0 || layout.size(outer - 1) == 1)) {
      outer--;
    }
    this.split = outer;
    long[] all = layout.shape().toArray();
    this.sizes = Arrays.copyOf(all, split);
    this.block = Shape.of(Arrays.copyOfRange(all, split, all.length));
    this.size = Math.toIntExact(block.numel());
    Layout own =
        Layout.of(Shape.of(sizes), Arrays.copyOf(layout.strides(), split), layout.offset());
    if (operand.dtype() == DType.I64) {
      this.index = (long[]) CpuStorage.array(operand);
      this.indexLayout = own;
    } else {
      int n = Math.toIntExact(own.numel());
      Object values = Runs.array(operand.dtype().compute(), n);
      new Walk(CpuStorage.array(operand), operand.dtype(), own).load(0, n, values, 0);
      this.index = new long[n];
      for (int i = 0; i < n; i++) {
        index[i] = Runs.get(operand.dtype().compute(), values, i);
      }
      this.indexLayout = Layout.of(Shape.of(sizes));
    }
    check(indexed.size(axis));
  }

  private void check(long limit) {
    Workers.run(
        count(),
        GRAIN,
        (first, last) ->
            visit(
                first,
                last,
                (all, at, step, place, placeStep, o, otherStep, n) -> {
                  if (!areBelow(limit, all, at, step, n)) {
                    throw outOfRange(limit, all, at, step, n);
                  }
                }));
  }

  private static boolean areBelow(long limit, long[] all, int at, int step, int n) {
    long signs = 0;
    if (step == 1) {
      for (int i = 0; i < n; i++) {
        signs |= all[at + i] | (limit - 1 - all[at + i]);
      }
    } else {
      for (int i = 0; i < n; i++) {
        long value = all[at + i * step];
        signs |= value | (limit - 1 - value);
      }
    }
    return signs >= 0;
  }

  private TensorIndexException outOfRange(long limit, long[] all, int at, int step, int n) {
    int i = 0;
    while (i < n - 1 && all[at + i * step] >= 0 && all[at + i * step] < limit) {
      i++;
    }
    return new TensorIndexException(
        "index %d is out of bounds for dimension %d with size %d"
            .formatted(all[at + i * step], axis, limit));
  }

  /** How many blocks there are. */
  long count() {
    long n = 1;
    for (long s : sizes) {
      n *= s;
    }
    return n;
  }

  /** Into how many equal parts the blocks fall that never write to the same place. */
  long apart() {
    long n = 1;
    for (int d = 0; d < axis; d++) {
      n *= sizes[d];
    }
    return n;
  }

  /** Whether the axis is the only one outside of the blocks. */
  boolean isLine() {
    return split == 1;
  }

  /** The index of a block of a line. */
  long indexOf(int b) {
    return index[(int) (indexLayout.offset() + b * indexLayout.stride(0))];
  }

  /** Positions along the axis. */
  long limit() {
    return indexed.size(axis);
  }

  /** Where a block of a line is in the operand that is indexed. */
  int placeOf(int b) {
    return (int) (indexed.offset() + indexOf(b) * axisStride);
  }

  /** Where a block of a line is in the other operand. */
  int otherOf(int b) {
    return (int) (other.offset() + b * other.stride(0));
  }

  /** Visits blocks {@code [first, last)} in row-major order. */
  void visit(long first, long last, Visitor visitor) {
    int d = split - 1;
    int step = (int) indexLayout.stride(d);
    int placeStep = d == axis ? 0 : (int) indexed.stride(d);
    int otherStep = (int) other.stride(d);
    for (long b = first; b < last; ) {
      long at = indexLayout.offset();
      long place = indexed.offset();
      long o = other.offset();
      long rest = b;
      for (int e = d; e >= 0; e--) {
        long c = rest % sizes[e];
        rest /= sizes[e];
        at += c * indexLayout.stride(e);
        place += e == axis ? 0 : c * indexed.stride(e);
        o += c * other.stride(e);
      }
      int n = (int) Math.min(sizes[d] - b % sizes[d], last - b);
      visitor.visit(index, (int) at, step, (int) place, placeStep, (int) o, otherStep, n);
      b += n;
    }
  }
}
