package io.gradus.backend.cuda.ptx;

import io.gradus.tensor.layout.Layout;
import io.gradus.tensor.layout.Shape;
import java.util.ArrayList;
import java.util.List;

/**
 * The axes that a kernel walks over, as few as possible: neighbouring axes along which every
 * operand steps evenly are one.
 *
 * @param sizes at least one axis; the last one is the innermost
 * @param strides one array an operand, in elements
 * @param groups which axes may be merged: only those with the same number
 */
record Walk(long[] sizes, long[][] strides, int[] groups) {
  /** A walk over all axes of a shape. */
  static Walk over(Shape shape, List<Layout> operands) {
    return over(shape, operands, new int[shape.rank()]);
  }

  static Walk over(Shape shape, List<Layout> operands, int[] groups) {
    long[][] strides = new long[operands.size()][];
    for (int k = 0; k < strides.length; k++) {
      strides[k] = operands.get(k).strides();
    }
    return merge(shape.toArray(), strides, groups);
  }

  /** A walk over all axes one by one. */
  static Walk plain(Shape shape, List<Layout> operands) {
    long[][] strides = new long[operands.size()][];
    for (int k = 0; k < strides.length; k++) {
      strides[k] = operands.get(k).strides();
    }
    return shape.rank() == 0
        ? merge(shape.toArray(), strides, new int[0])
        : new Walk(shape.toArray(), strides, new int[shape.rank()]);
  }

  static Walk merge(long[] sizes, long[][] strides, int[] groups) {
    List<long[]> kept = new ArrayList<>();
    for (int d = sizes.length - 1; d >= 0; d--) {
      if (sizes[d] == 1) {
        continue;
      }
      long[] axis = new long[strides.length + 2];
      axis[0] = sizes[d];
      axis[1] = groups[d];
      boolean joins = !kept.isEmpty() && kept.getLast()[1] == groups[d];
      for (int k = 0; k < strides.length; k++) {
        axis[k + 2] = strides[k][d];
        joins &= !kept.isEmpty() && strides[k][d] == kept.getLast()[k + 2] * kept.getLast()[0];
      }
      if (joins) {
        kept.getLast()[0] *= sizes[d];
      } else {
        kept.add(axis);
      }
    }
    if (kept.isEmpty()) {
      long[] single = new long[strides.length + 2];
      single[0] = 1;
      kept.add(single);
    }
    int rank = kept.size();
    long[] mergedSizes = new long[rank];
    long[][] mergedStrides = new long[strides.length][rank];
    int[] mergedGroups = new int[rank];
    for (int d = 0; d < rank; d++) {
      long[] axis = kept.get(rank - 1 - d);
      mergedSizes[d] = axis[0];
      mergedGroups[d] = (int) axis[1];
      for (int k = 0; k < strides.length; k++) {
        mergedStrides[k][d] = axis[k + 2];
      }
    }
    return new Walk(mergedSizes, mergedStrides, mergedGroups);
  }

  int rank() {
    return sizes.length;
  }

  long innerSize() {
    return sizes[sizes.length - 1];
  }

  long innerStride(int operand) {
    return strides[operand][sizes.length - 1];
  }

  /** The axes of one group, for all operands; a single one of size 1 if there is none. */
  Walk only(int group) {
    int n = 0;
    for (int g : groups) {
      n += g == group ? 1 : 0;
    }
    long[] some = new long[n];
    long[][] steps = new long[strides.length][n];
    int at = 0;
    for (int d = 0; d < groups.length; d++) {
      if (groups[d] == group) {
        some[at] = sizes[d];
        for (int k = 0; k < strides.length; k++) {
          steps[k][at] = strides[k][d];
        }
        at++;
      }
    }
    return n == 0 ? merge(some, steps, new int[0]) : new Walk(some, steps, new int[n]);
  }

  /** The same axes for one operand alone. */
  Walk of(int operand) {
    return new Walk(sizes, new long[][] {strides[operand]}, groups);
  }

  /** The number of coordinates. */
  long count() {
    long n = 1;
    for (long size : sizes) {
      n *= size;
    }
    return n;
  }

  /** Whether an operand is walked backwards along some axis: offsets then are below zero. */
  static boolean isReversed(Layout layout) {
    for (long stride : layout.strides()) {
      if (stride < 0) {
        return true;
      }
    }
    return false;
  }

  /** Whether positions need more than 31 bits: the number of steps or the reach of an operand. */
  boolean isWide() {
    if (count() > Integer.MAX_VALUE) {
      return true;
    }
    for (int k = 0; k < strides.length; k++) {
      if (reach(k) > Integer.MAX_VALUE) {
        return true;
      }
    }
    return false;
  }

  /** One more than the largest element offset of an operand. */
  long reach(int operand) {
    long reach = 1;
    for (int d = 0; d < sizes.length; d++) {
      reach += Math.max(0, sizes[d] - 1) * strides[operand][d];
    }
    return reach;
  }
}
