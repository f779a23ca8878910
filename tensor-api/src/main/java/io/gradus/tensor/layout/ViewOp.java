package io.gradus.tensor.layout;

import io.gradus.tensor.error.InvalidArgumentException;
import io.gradus.tensor.error.ShapeException;
import io.gradus.tensor.error.TensorIndexException;
import java.util.Arrays;

/**
 * One reinterpretation of the same memory, as data: so that autograd can name it, undo it, and
 * replay it on another base.
 *
 * <p>{@link #apply} is the only place where the shape errors of views arise.
 */
public sealed interface ViewOp {
  /** The layout of the view. */
  Layout apply(Layout in);

  /** PyTorch's name of the operation: {@code view}, {@code transpose}, … */
  String name();

  /**
   * Dimension {@code i} of the result is dimension {@code dims[i]} of the operand.
   *
   * @param name {@code permute}, {@code transpose}, {@code t}, {@code movedim}, …
   * @param dims a permutation of all dimensions, none negative
   */
  record Permute(String name, int[] dims) implements ViewOp {
    @Override
    public Layout apply(Layout in) {
      if (dims.length != in.rank()) {
        throw new ShapeException(
            "[%s] number of dimensions in the tensor input does not match the length of the desired ordering of dimensions: shape %s has %d, the ordering %s has %d"
                .formatted(name, in.shape(), in.rank(), Arrays.toString(dims), dims.length));
      }
      long[] sizes = new long[dims.length];
      long[] strides = new long[dims.length];
      for (int d = 0; d < dims.length; d++) {
        sizes[d] = in.size(dims[d]);
        strides[d] = in.stride(dims[d]);
      }
      return Layout.owning(Shape.owning(sizes), strides, in.offset());
    }

    /** The permutation that undoes this one. */
    public Permute inverse() {
      int[] back = new int[dims.length];
      for (int d = 0; d < dims.length; d++) {
        back[dims[d]] = d;
      }
      return new Permute(name, back);
    }
  }

  /** Repeats dimensions of size 1 up to a shape, with strides of 0. */
  record Expand(Shape to) implements ViewOp {
    @Override
    public Layout apply(Layout in) {
      return Broadcasting.expand("expand", in, to);
    }

    @Override
    public String name() {
      return "expand";
    }
  }

  /** One index along a dimension, which disappears. */
  record Select(int dim, long index) implements ViewOp {
    @Override
    public Layout apply(Layout in) {
      if (in.rank() == 0) {
        throw new TensorIndexException(
            "[select] select() cannot be applied to a 0-dim tensor; use item() for its number");
      }
      long size = in.size(dim);
      if (index < -size || index >= size) {
        throw new TensorIndexException(
            "[select] index %d is out of bounds for dimension %d with size %d (shape %s)"
                .formatted(index, dim, size, in.shape()));
      }
      long i = index < 0 ? index + size : index;
      long[] sizes = new long[in.rank() - 1];
      long[] strides = new long[in.rank() - 1];
      for (int d = 0, to = 0; d < in.rank(); d++) {
        if (d != dim) {
          sizes[to] = in.size(d);
          strides[to++] = in.stride(d);
        }
      }
      return Layout.owning(Shape.owning(sizes), strides, in.offset() + i * in.stride(dim));
    }

    @Override
    public String name() {
      return "select";
    }
  }

  /** A range with a step along a dimension. */
  record Narrow(int dim, Slice slice) implements ViewOp {
    @Override
    public Layout apply(Layout in) {
      long size = in.size(dim);
      long[] strides = in.strides();
      long offset = in.offset() + slice.first(size) * strides[dim];
      strides[dim] *= slice.step();
      return Layout.owning(in.shape().with(dim, slice.count(size)), strides, offset);
    }

    @Override
    public String name() {
      return "slice";
    }
  }

  /** A new dimension of size 1 before dimension {@code dim} of the operand. */
  record Unsqueeze(int dim) implements ViewOp {
    @Override
    public Layout apply(Layout in) {
      int rank = in.rank();
      long[] sizes = new long[rank + 1];
      long[] strides = new long[rank + 1];
      for (int d = 0; d <= rank; d++) {
        int from = d < dim ? d : d - 1;
        sizes[d] = d == dim ? 1 : in.size(from);
        strides[d] = d != dim ? in.stride(from) : d < rank ? in.size(d) * in.stride(d) : 1;
      }
      return Layout.owning(Shape.owning(sizes), strides, in.offset());
    }

    @Override
    public String name() {
      return "unsqueeze";
    }
  }

  /** Drops those of the given dimensions that have size 1. */
  record Squeeze(boolean[] dims) implements ViewOp {
    @Override
    public Layout apply(Layout in) {
      long[] sizes = new long[in.rank()];
      long[] strides = new long[in.rank()];
      int n = 0;
      for (int d = 0; d < in.rank(); d++) {
        if (!dims[d] || in.size(d) != 1) {
          sizes[n] = in.size(d);
          strides[n++] = in.stride(d);
        }
      }
      return Layout.owning(
          Shape.owning(Arrays.copyOf(sizes, n)), Arrays.copyOf(strides, n), in.offset());
    }

    @Override
    public String name() {
      return "squeeze";
    }
  }

  /**
   * The same elements in row-major order under another shape.
   *
   * @param name {@code view}, {@code reshape}, {@code flatten}, …
   */
  record View(String name, Shape to) implements ViewOp {
    @Override
    public Layout apply(Layout in) {
      if (in.numel() != to.numel()) {
        throw new ShapeException(
            "[%s] shape '%s' is invalid for input of size %d (shape %s)"
                .formatted(name, to, in.numel(), in.shape()));
      }
      long[] strides = ViewStrides.compute(in, to);
      if (strides == null) {
        throw new ShapeException(
            "[%s] view size is not compatible with input tensor's size and stride (at least one dimension spans across two contiguous subspaces): %s to shape %s; use reshape(...) instead"
                .formatted(name, in, to));
      }
      return Layout.owning(to, strides, in.offset());
    }
  }

  /** The diagonal of two dimensions, which becomes the last dimension. */
  record Diagonal(long diagonal, int dim1, int dim2) implements ViewOp {
    @Override
    public Layout apply(Layout in) {
      long rows = in.size(dim1);
      long columns = in.size(dim2);
      long length =
          Math.max(
              0,
              diagonal >= 0
                  ? Math.min(rows, columns - diagonal)
                  : Math.min(rows + diagonal, columns));
      long start =
          length == 0
              ? 0
              : diagonal >= 0 ? diagonal * in.stride(dim2) : -diagonal * in.stride(dim1);
      long[] sizes = new long[in.rank() - 1];
      long[] strides = new long[in.rank() - 1];
      int n = 0;
      for (int d = 0; d < in.rank(); d++) {
        if (d != dim1 && d != dim2) {
          sizes[n] = in.size(d);
          strides[n++] = in.stride(d);
        }
      }
      sizes[n] = length;
      strides[n] = in.stride(dim1) + in.stride(dim2);
      return Layout.owning(Shape.owning(sizes), strides, in.offset() + start);
    }

    @Override
    public String name() {
      return "diagonal";
    }
  }

  /**
   * Windows of a size along a dimension, {@code step} apart; the window becomes the last dimension.
   */
  record Unfold(int dim, long size, long step) implements ViewOp {
    @Override
    public Layout apply(Layout in) {
      long have = in.rank() == 0 ? 1 : in.size(dim);
      if (step < 1) {
        throw new InvalidArgumentException("[unfold] step is " + step + " but must be > 0");
      }
      if (size < 0 || size > have) {
        throw new ShapeException(
            "[unfold] maximum size for tensor at dimension %d is %d but size is %d (shape %s)"
                .formatted(dim, have, size, in.shape()));
      }
      int rank = in.rank();
      long[] sizes = Arrays.copyOf(in.shape().sizes, rank + 1);
      long[] strides = Arrays.copyOf(in.strides(), rank + 1);
      sizes[rank] = size;
      strides[rank] = rank == 0 ? 1 : in.stride(dim);
      if (rank > 0) {
        sizes[dim] = (have - size) / step + 1;
        strides[dim] *= step;
      }
      return Layout.owning(Shape.owning(sizes), strides, in.offset());
    }

    @Override
    public String name() {
      return "unfold";
    }
  }

  /** Any shape and strides over the same storage; the caller has checked the bounds. */
  record AsStrided(Layout layout) implements ViewOp {
    @Override
    public Layout apply(Layout in) {
      return layout;
    }

    @Override
    public String name() {
      return "as_strided";
    }
  }
}
