package io.gradus;

import io.gradus.exec.Views;
import io.gradus.tensor.dtype.DType;
import io.gradus.tensor.error.DTypeException;
import io.gradus.tensor.error.InvalidArgumentException;
import io.gradus.tensor.error.ShapeException;
import io.gradus.tensor.layout.Shape;
import io.gradus.tensor.layout.Slice;
import io.gradus.tensor.layout.ViewOp;
import io.gradus.tensor.layout.ViewStrides;
import java.util.Arrays;

/** Other shapes for the same elements; they share memory unless said otherwise. */
public sealed interface ViewMethods permits Tensor {
  /** This tensor. */
  Tensor self();

  /**
   * The elements in row-major order under another shape; one size may be -1.
   *
   * @throws ShapeException if the number of elements differs, or the strides cannot express it
   */
  default Tensor view(long... sizes) {
    return Views.view(self(), new ViewOp.View("view", infer("view", sizes)));
  }

  /** As {@link #view}, but copies where the strides cannot express it. */
  default Tensor reshape(long... sizes) {
    Tensor t = self();
    Shape to = infer("reshape", sizes);
    ViewOp.View op = new ViewOp.View("view", to);
    if (ViewStrides.compute(t.layout(), to) != null || to.numel() != t.numel()) {
      return Views.view(t, op);
    }
    return Views.unsafeCopyView(t, to);
  }

  private Shape infer(String name, long[] sizes) {
    long known = 1;
    int hole = -1;
    for (int i = 0; i < sizes.length; i++) {
      if (sizes[i] == -1 && hole < 0) {
        hole = i;
      } else if (sizes[i] == -1) {
        throw new ShapeException(
            "[" + name + "] only one dimension can be inferred: " + Arrays.toString(sizes));
      } else if (sizes[i] < 0) {
        throw new ShapeException(
            "[" + name + "] invalid shape dimension " + sizes[i] + ": " + Arrays.toString(sizes));
      } else {
        known *= sizes[i];
      }
    }
    if (hole < 0) {
      return Shape.of(sizes);
    }
    long numel = self().numel();
    if (known == 0) {
      throw new ShapeException(
          "[%s] cannot reshape tensor of 0 elements into shape %s because the unspecified dimension size -1 can be any value and is ambiguous"
              .formatted(name, Arrays.toString(sizes)));
    }
    if (numel % known != 0) {
      throw new ShapeException(
          "[%s] shape '%s' is invalid for input of size %d (shape %s)"
              .formatted(name, Arrays.toString(sizes), numel, self().shape()));
    }
    long[] full = sizes.clone();
    full[hole] = numel / known;
    return Shape.of(full);
  }

  /** This tensor if it is contiguous, else a contiguous copy. */
  default Tensor contiguous() {
    Tensor t = self();
    return t.isContiguous() ? t : t.cloneContiguous();
  }

  /** Swaps two dimensions. */
  default Tensor transpose(int dim0, int dim1) {
    Tensor t = self();
    int a = Shape.wrapDim(dim0, t.dim());
    int b = Shape.wrapDim(dim1, t.dim());
    if (t.dim() == 0) {
      return Views.view(t, new ViewOp.Permute("transpose", new int[0]));
    }
    int[] dims = new int[t.dim()];
    Arrays.setAll(dims, d -> d == a ? b : d == b ? a : d);
    return Views.view(t, new ViewOp.Permute("transpose", dims));
  }

  /** The transpose of a matrix; vectors and 0-dim tensors as they are. */
  default Tensor t() {
    Tensor t = self();
    if (t.dim() > 2) {
      throw new ShapeException(
          "[t] t() expects a tensor with <= 2 dimensions, but self is %dD: shape %s; use transpose or mT"
              .formatted(t.dim(), t.shape()));
    }
    int[] dims = new int[t.dim()];
    Arrays.setAll(dims, d -> t.dim() - 1 - d);
    return Views.view(t, new ViewOp.Permute("t", dims));
  }

  /** Dimension {@code i} of the result is dimension {@code dims[i]} of this tensor. */
  default Tensor permute(int... dims) {
    Tensor t = self();
    int[] order = new int[dims.length];
    boolean[] seen = new boolean[t.dim()];
    for (int i = 0; i < dims.length; i++) {
      order[i] = Shape.wrapDim(dims[i], t.dim());
      if (dims.length == t.dim() && seen[order[i]]) {
        throw new InvalidArgumentException(
            "[permute] duplicate dims are not allowed: " + Arrays.toString(dims));
      }
      if (order[i] < seen.length) {
        seen[order[i]] = true;
      }
    }
    return Views.view(t, new ViewOp.Permute("permute", order));
  }

  /** Repeats dimensions of size 1, without a copy; -1 keeps a size. */
  default Tensor expand(long... sizes) {
    Tensor t = self();
    long[] to = sizes.clone();
    int lead = to.length - t.dim();
    for (int d = 0; d < to.length; d++) {
      if (to[d] == -1) {
        if (d < lead) {
          throw new ShapeException(
              "[expand] The expanded size of the tensor (-1) isn't allowed in a leading,"
                  + " non-existing dimension "
                  + d);
        }
        to[d] = t.shape().size(d - lead);
      }
    }
    return Views.view(t, new ViewOp.Expand(Shape.of(to)));
  }

  /** One index along a dimension, which disappears. */
  default Tensor select(int dim, long index) {
    return Views.view(self(), new ViewOp.Select(Shape.wrapDim(dim, self().dim()), index));
  }

  /** The range {@code [start, start + length)} along a dimension. */
  default Tensor narrow(int dim, long start, long length) {
    Tensor t = self();
    int d = Shape.wrapDim(dim, t.dim());
    long size = t.dim() == 0 ? 0 : t.size(d);
    long from = start < 0 ? start + size : start;
    if (t.dim() == 0 || length < 0 || from < 0 || from + length > size) {
      throw new io.gradus.tensor.error.TensorIndexException(
          "[narrow] start (%d) + length (%d) exceeds dimension size (%d) of dimension %d: shape %s"
              .formatted(start, length, size, d, t.shape()));
    }
    return Views.view(t, new ViewOp.Narrow(d, Slice.of(from, from + length)));
  }

  /**
   * {@link #narrow(int, long, long)} from a place that a 0-dim tensor of whole numbers holds.
   *
   * @throws DTypeException if it is no such tensor
   */
  default Tensor narrow(int dim, Tensor start, long length) {
    if (start.dim() != 0 || start.dtype().isFloating() || start.dtype() == DType.BOOL) {
      throw new DTypeException(
          "[narrow] start must be an 0-dim integral Tensor: got %s of shape %s"
              .formatted(start.dtype(), start.shape()));
    }
    return narrow(dim, start.item().longValue(), length);
  }

  /** A new dimension of size 1 at {@code dim}. */
  default Tensor unsqueeze(int dim) {
    return Views.view(self(), new ViewOp.Unsqueeze(Shape.wrapDim(dim, self().dim() + 1)));
  }

  /** Without the dimensions of size 1. */
  default Tensor squeeze() {
    boolean[] all = new boolean[self().dim()];
    Arrays.fill(all, true);
    return Views.view(self(), new ViewOp.Squeeze(all));
  }

  /** Without those of the given dimensions that have size 1. */
  default Tensor squeeze(int... dims) {
    Tensor t = self();
    long[] wide = Arrays.stream(dims).asLongStream().toArray();
    boolean[] set = dims.length == 0 ? new boolean[t.dim()] : Shape.dimSet(wide, t.dim());
    return Views.view(
        t, new ViewOp.Squeeze(set), dims.length == 1 ? "SqueezeBackward1" : "SqueezeBackward2");
  }

  /** The dimensions from {@code start} to {@code end} as one; a copy where it must be. */
  default Tensor flatten(int start, int end) {
    Tensor t = self();
    int from = Shape.wrapDim(start, t.dim());
    int to = Shape.wrapDim(end, t.dim());
    if (from > to) {
      throw new ShapeException(
          "[flatten] flatten() has invalid args: start_dim cannot come after end_dim: "
              + start
              + " and "
              + end);
    }
    if (t.dim() == 0) {
      return t.reshape(1);
    }
    if (from == to) {
      return t;
    }
    long[] sizes = new long[t.dim() - (to - from)];
    sizes[from] = 1;
    for (int d = 0; d < t.dim(); d++) {
      if (d < from || d > to) {
        sizes[d < from ? d : d - (to - from)] = t.size(d);
      } else {
        sizes[from] *= t.size(d);
      }
    }
    return t.reshape(sizes);
  }

  /** All dimensions from {@code start} on as one. */
  default Tensor flatten(int start) {
    return flatten(start, -1);
  }

  /** All dimensions as one. */
  default Tensor flatten() {
    return flatten(0, -1);
  }
}
