package io.gradus.tensor.layout;

import io.gradus.tensor.error.InvalidArgumentException;
import io.gradus.tensor.error.ShapeException;
import io.gradus.tensor.error.TensorIndexException;
import java.util.Arrays;

/**
 * The sizes of a tensor's dimensions; immutable. A 0-dim tensor has the empty shape and 1 element.
 */
public final class Shape {
  /** The shape of a 0-dim tensor. */
  public static final Shape SCALAR = new Shape(new long[0]);

  final long[] sizes;
  private final long numel;

  private Shape(long[] sizes) {
    this.sizes = sizes;
    long n = 1;
    boolean zero = false;
    for (long size : sizes) {
      if (size < 0) {
        throw new ShapeException(
            "[shape] Trying to create a tensor with negative dimension "
                + size
                + ": shape "
                + Arrays.toString(sizes)
                + "; every size must be 0 or more");
      }
      zero |= size == 0;
    }
    if (zero) {
      n = 0;
    } else {
      for (long size : sizes) {
        if (Math.multiplyHigh(n, size) != 0 || n * size < 0) {
          throw new ShapeException(
              "[shape] The number of elements overflows 2^63: shape " + Arrays.toString(sizes));
        }
        n *= size;
      }
    }
    this.numel = n;
  }

  /** The shape with these sizes; refuses negative ones and more than 2^63-1 elements. */
  public static Shape of(long... sizes) {
    return sizes.length == 0 ? SCALAR : new Shape(sizes.clone());
  }

  /** Takes ownership of the array: for callers that have just made it. */
  static Shape owning(long[] sizes) {
    return sizes.length == 0 ? SCALAR : new Shape(sizes);
  }

  /** The number of dimensions. */
  public int rank() {
    return sizes.length;
  }

  /**
   * The size of a dimension, negative ones counting from the end.
   *
   * @throws TensorIndexException if there is no such dimension
   */
  public long size(int dim) {
    if (sizes.length == 0) {
      throw new TensorIndexException(
          "Dimension specified as " + dim + " but tensor has no dimensions");
    }
    return sizes[wrapDim(dim, sizes.length)];
  }

  /** The number of elements. */
  public long numel() {
    return numel;
  }

  /** A copy of the sizes. */
  public long[] toArray() {
    return sizes.clone();
  }

  /** This shape with one size replaced. */
  public Shape with(int dim, long size) {
    long[] to = sizes.clone();
    to[wrapDim(dim, to.length)] = size;
    return owning(to);
  }

  /**
   * This shape with 1 in place of the given dimensions (the shape of a reduction that keeps them).
   */
  public Shape keeping(boolean[] reduced) {
    long[] to = sizes.clone();
    for (int d = 0; d < to.length; d++) {
      if (reduced[d]) {
        to[d] = 1;
      }
    }
    return owning(to);
  }

  /** This shape without the given dimensions. */
  public Shape without(boolean[] removed) {
    long[] to = new long[sizes.length];
    int n = 0;
    for (int d = 0; d < sizes.length; d++) {
      if (!removed[d]) {
        to[n++] = sizes[d];
      }
    }
    return owning(Arrays.copyOf(to, n));
  }

  /**
   * Turns a dimension that may count from the end into one that does not.
   *
   * @param rank number of dimensions; 0 is treated as 1, so that 0 and -1 name the only "dimension"
   *     of a 0-dim tensor
   * @throws TensorIndexException outside {@code [-rank, rank-1]}
   */
  public static int wrapDim(long dim, int rank) {
    int n = Math.max(rank, 1);
    if (dim < -n || dim >= n) {
      throw outOfRange(dim, n);
    }
    return (int) (dim < 0 ? dim + n : dim);
  }

  // Apart, since what is small is compiled as a part of each of its callers.
  private static TensorIndexException outOfRange(long dim, int n) {
    return new TensorIndexException(
        "Dimension out of range (expected to be in range of ["
            + -n
            + ", "
            + (n - 1)
            + "], but got "
            + dim
            + ")");
  }

  /**
   * The set of dimensions that a list names, as flags; none named means all.
   *
   * @throws InvalidArgumentException where one appears twice
   */
  public static boolean[] dimSet(long[] dims, int rank) {
    boolean[] set = new boolean[rank];
    if (dims.length == 0) {
      Arrays.fill(set, true);
    }
    for (long dim : dims) {
      int d = wrapDim(dim, rank);
      if (rank == 0) {
        continue;
      }
      if (set[d]) {
        throw new InvalidArgumentException(
            "dim " + d + " appears multiple times in the list of dims " + Arrays.toString(dims));
      }
      set[d] = true;
    }
    return set;
  }

  @Override
  public boolean equals(Object other) {
    return this == other || other instanceof Shape s && Arrays.equals(sizes, s.sizes);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(sizes);
  }

  @Override
  public String toString() {
    return Arrays.toString(sizes);
  }
}
