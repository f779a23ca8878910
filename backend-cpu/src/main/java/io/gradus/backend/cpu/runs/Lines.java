package io.gradus.backend.cpu.runs;

import io.gradus.tensor.layout.Layout;

/** The lines of a layout along one axis, numbered in row-major order of the other axes. */
public final class Lines {
  private final long[] sizes;
  private final long[] strides;
  private final long offset;
  private final int length;
  private final int stride;
  private final long count;

  /** The lines along an axis; a 0-dim layout is one line of one element. */
  public Lines(Layout layout, int axis) {
    int rank = layout.rank();
    this.offset = layout.offset();
    this.length = rank == 0 ? 1 : (int) layout.size(axis);
    this.stride = rank == 0 ? 1 : (int) layout.stride(axis);
    this.sizes = new long[Math.max(0, rank - 1)];
    this.strides = new long[sizes.length];
    long lines = 1;
    for (int d = 0, n = 0; d < rank; d++) {
      if (d != axis) {
        sizes[n] = layout.size(d);
        strides[n++] = layout.stride(d);
        lines *= layout.size(d);
      }
    }
    this.count = lines;
  }

  /** How many lines there are. */
  public long count() {
    return count;
  }

  /** The elements of a line. */
  public int length() {
    return length;
  }

  /** From one element of a line to the next. */
  public int stride() {
    return stride;
  }

  /** Where a line starts. */
  public int at(long line) {
    long p = offset;
    long rest = line;
    for (int d = sizes.length - 1; d >= 0; d--) {
      p += rest % sizes[d] * strides[d];
      rest /= sizes[d];
    }
    return (int) p;
  }
}
