package io.gradus.tensor.layout;

import java.util.Arrays;

/**
 * Which element of a storage belongs to which coordinate: {@code offset + sum(coordinate *
 * stride)}.
 *
 * <p>Offsets and strides count elements, not bytes; strides are never negative. Stride 0 repeats an
 * element (broadcasting). Immutable.
 */
public final class Layout {
  private final Shape shape;
  private final long[] strides;
  private final long offset;
  private final boolean contiguous;
  private final boolean canonical;

  private Layout(Shape shape, long[] strides, long offset) {
    this.shape = shape;
    this.strides = strides;
    this.offset = offset;
    this.contiguous = isRowMajor(shape, strides);
    this.canonical = offset == 0 && contiguous && Arrays.equals(strides, rowMajor(shape));
  }

  /** The row-major layout of a shape from the start of a storage. */
  public static Layout of(Shape shape) {
    return new Layout(shape, rowMajor(shape), 0);
  }

  /** A layout with explicit strides; the caller has checked that it stays inside its storage. */
  public static Layout of(Shape shape, long[] strides, long offset) {
    return new Layout(shape, strides.clone(), offset);
  }

  static Layout owning(Shape shape, long[] strides, long offset) {
    return new Layout(shape, strides, offset);
  }

  /** The strides of a dense row-major tensor; a dimension of size 0 counts as 1. */
  public static long[] rowMajor(Shape shape) {
    long[] strides = new long[shape.rank()];
    long step = 1;
    for (int d = strides.length - 1; d >= 0; d--) {
      strides[d] = step;
      step *= Math.max(shape.sizes[d], 1);
    }
    return strides;
  }

  private static boolean isRowMajor(Shape shape, long[] strides) {
    long[] sizes = shape.sizes;
    long step = 1;
    for (int d = sizes.length - 1; d >= 0; d--) {
      if (sizes[d] != 1) {
        if (sizes[d] == 0) {
          return true;
        }
        if (strides[d] != step) {
          return shape.numel() == 0;
        }
        step *= sizes[d];
      }
    }
    return true;
  }

  /** The sizes. */
  public Shape shape() {
    return shape;
  }

  /** The number of dimensions. */
  public int rank() {
    return strides.length;
  }

  /** The size of dimension {@code d}, which counts from 0. */
  public long size(int d) {
    return shape.sizes[d];
  }

  /** The stride of dimension {@code d}, which counts from 0. */
  public long stride(int d) {
    return strides[d];
  }

  /** A copy of the strides. */
  public long[] strides() {
    return strides.clone();
  }

  /** The storage element of the first coordinate. */
  public long offset() {
    return offset;
  }

  /** The number of coordinates. */
  public long numel() {
    return shape.numel();
  }

  /**
   * Whether the elements lie in row-major order without gaps (dimensions of size 1 do not count).
   */
  public boolean isContiguous() {
    return contiguous;
  }

  /** Whether this is just what {@link #of(Shape)} gives, dimensions of size 1 included. */
  public boolean isCanonical() {
    return canonical;
  }

  /** Whether all coordinates name one element (stride 0 wherever there is more than one). */
  public boolean isSingleElement() {
    for (int d = 0; d < strides.length; d++) {
      if (strides[d] != 0 && shape.sizes[d] != 1) {
        return false;
      }
    }
    return true;
  }

  /** Whether every storage element between the first and the last one is named exactly once. */
  public boolean isNonOverlappingAndDense() {
    if (contiguous) {
      return true;
    }
    int n = 0;
    long[][] dims = new long[strides.length][];
    for (int d = 0; d < strides.length; d++) {
      if (shape.sizes[d] != 1) {
        dims[n++] = new long[] {strides[d], shape.sizes[d]};
      }
    }
    Arrays.sort(dims, 0, n, (x, y) -> Long.compare(x[0], y[0]));
    long step = 1;
    for (int i = 0; i < n; i++) {
      if (dims[i][0] != step) {
        return false;
      }
      step *= dims[i][1];
    }
    return true;
  }

  /**
   * One past the largest storage element that any coordinate names; the offset if there is none.
   */
  public long end() {
    if (numel() == 0) {
      return offset;
    }
    long last = offset;
    for (int d = 0; d < strides.length; d++) {
      last += (shape.sizes[d] - 1) * strides[d];
    }
    return last + 1;
  }

  /** The storage element of the coordinate with this row-major position. */
  public long at(long linear) {
    if (contiguous) {
      return offset + linear;
    }
    long p = offset;
    long rest = linear;
    for (int d = strides.length - 1; d >= 0; d--) {
      long size = shape.sizes[d];
      p += (rest % size) * strides[d];
      rest /= size;
    }
    return p;
  }

  /** Whether both have the same sizes. */
  public boolean sameShape(Layout other) {
    return shape == other.shape || Arrays.equals(shape.sizes, other.shape.sizes);
  }

  /** Whether both name the same elements in the same order, given the same storage. */
  @Override
  public boolean equals(Object other) {
    return this == other
        || other instanceof Layout l
            && offset == l.offset
            && shape.equals(l.shape)
            && Arrays.equals(strides, l.strides);
  }

  @Override
  public int hashCode() {
    return (shape.hashCode() * 31 + Arrays.hashCode(strides)) * 31 + Long.hashCode(offset);
  }

  @Override
  public String toString() {
    return "shape " + shape + ", strides " + Arrays.toString(strides) + ", offset " + offset;
  }
}
