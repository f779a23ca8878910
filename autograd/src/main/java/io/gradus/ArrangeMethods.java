package io.gradus;

import io.gradus.exec.Reshapes;
import io.gradus.exec.Views;
import io.gradus.tensor.error.InvalidArgumentException;
import io.gradus.tensor.error.ShapeException;
import io.gradus.tensor.error.TensorException;
import io.gradus.tensor.layout.Shape;
import io.gradus.tensor.layout.Slice;
import io.gradus.tensor.layout.ViewOp;
import java.util.Arrays;

/** Further views of the same memory, by other names and other orders of dimensions. */
public sealed interface ArrangeMethods permits Tensor {
  /** This tensor. */
  Tensor self();

  /** The dimensions in reverse order. */
  default Tensor T() {
    return Reshapes.reversed(self());
  }

  /** The last two dimensions swapped. */
  default Tensor mT() {
    Tensor t = self();
    if (t.dim() == 0) {
      return T();
    }
    if (t.dim() < 2) {
      throw new ShapeException(
          "[mT] tensor.mT is only supported on matrices or batches of matrices. Got %d-D tensor."
              .formatted(t.dim()));
    }
    return t.transpose(-2, -1);
  }

  /** {@link #mT}; the same for real numbers. */
  default Tensor adjoint() {
    return mT();
  }

  /** Moves a dimension to another place. */
  default Tensor movedim(int source, int destination) {
    return movedim(new int[] {source}, new int[] {destination});
  }

  /** Moves dimensions to other places; the rest keep their order. */
  default Tensor movedim(int[] source, int[] destination) {
    return Reshapes.movedim(self(), source, destination);
  }

  /** {@link #movedim(int, int)}. */
  default Tensor moveaxis(int source, int destination) {
    return movedim(source, destination);
  }

  /** {@link #movedim(int[], int[])}. */
  default Tensor moveaxis(int[] source, int[] destination) {
    return movedim(source, destination);
  }

  /** {@link Tensor#transpose}. */
  default Tensor swapaxes(int axis0, int axis1) {
    return self().transpose(axis0, axis1);
  }

  /** {@link Tensor#transpose}. */
  default Tensor swapdims(int dim0, int dim1) {
    return self().transpose(dim0, dim1);
  }

  /** One dimension as several; one of the sizes may be -1. */
  default Tensor unflatten(int dim, long... sizes) {
    return Reshapes.unflatten(self(), dim, sizes);
  }

  /** {@link Tensor#expand} to the shape of another tensor. */
  default Tensor expandAs(Tensor other) {
    return self().expand(other.shape().toArray());
  }

  /** {@link Tensor#expand}. */
  default Tensor broadcastTo(long... sizes) {
    return self().expand(sizes);
  }

  /** {@link Tensor#view} with the shape of another tensor. */
  default Tensor viewAs(Tensor other) {
    return self().view(other.shape().toArray());
  }

  /** {@link Tensor#reshape} to the shape of another tensor. */
  default Tensor reshapeAs(Tensor other) {
    return self().reshape(other.shape().toArray());
  }

  /** All elements as a vector; a view where that can be. */
  default Tensor ravel() {
    return self().contiguous().view(-1);
  }

  /** A range with a step along a dimension. */
  default Tensor slice(int dim, Slice range) {
    Tensor t = self();
    int d = Shape.wrapDim(dim, t.dim());
    if (t.dim() == 0) {
      throw new ShapeException("[slice] slice() cannot be applied to a 0-dim tensor.");
    }
    return Views.view(t, new ViewOp.Narrow(d, range));
  }

  /** The main diagonal of a matrix. */
  default Tensor diagonal() {
    return diagonal(0, 0, 1);
  }

  /**
   * A diagonal of two dimensions, which becomes the last dimension.
   *
   * @param offset above the main diagonal if positive, below if negative
   */
  default Tensor diagonal(long offset, int dim1, int dim2) {
    Tensor t = self();
    int a = Shape.wrapDim(dim1, t.dim());
    int b = Shape.wrapDim(dim2, t.dim());
    if (a == b) {
      throw new InvalidArgumentException(
          "[diagonal] diagonal dimensions cannot be identical %d, %d".formatted(dim1, dim2));
    }
    return Views.view(t, new ViewOp.Diagonal(offset, a, b));
  }

  /** Windows of a size along a dimension, a step apart; the window becomes the last dimension. */
  default Tensor unfold(int dim, long size, long step) {
    return Views.view(self(), new ViewOp.Unfold(Shape.wrapDim(dim, self().dim()), size, step));
  }

  /**
   * Any sizes and strides over the same storage.
   *
   * @throws TensorException if they reach beyond it
   */
  default Tensor asStrided(long[] sizes, long[] strides, long storageOffset) {
    return Reshapes.asStrided(self(), sizes, strides, storageOffset);
  }

  /** {@link #asStrided(long[], long[], long)} from where this tensor begins. */
  default Tensor asStrided(long[] sizes, long[] strides) {
    return Reshapes.asStrided(self(), sizes, strides, self().storageOffset());
  }

  /** At least 1-dim: a 0-dim tensor becomes a vector. */
  default Tensor atleast1d() {
    return self().dim() == 0 ? self().reshape(1) : self();
  }

  /** At least 2-dim: a vector becomes a row. */
  default Tensor atleast2d() {
    Tensor t = self();
    return t.dim() == 0 ? t.reshape(1, 1) : t.dim() == 1 ? t.unsqueeze(0) : t;
  }

  /** At least 3-dim: a vector becomes [1, n, 1], a matrix [n, m, 1]. */
  default Tensor atleast3d() {
    Tensor t = self();
    return switch (t.dim()) {
      case 0 -> t.reshape(1, 1, 1);
      case 1 -> t.unsqueeze(0).unsqueeze(-1);
      case 2 -> t.unsqueeze(-1);
      default -> t;
    };
  }

  /** {@link Tensor#t} in place: this tensor itself changes its shape. */
  default Tensor t_() {
    Tensor t = self();
    if (t.dim() > 2) {
      throw new ShapeException(
          "[t_] t_() expects a tensor with <= 2 dimensions, but self is %dD".formatted(t.dim()));
    }
    return t.dim() < 2 ? t : Views.become(t, "t_", Reshapes.swap(t, 0, 1), "TBackward1");
  }

  /** {@link Tensor#transpose} in place: this tensor itself changes its shape. */
  default Tensor transpose_(int dim0, int dim1) {
    Tensor t = self();
    return Views.become(t, "transpose_", Reshapes.swap(t, dim0, dim1), "TransposeBackward1");
  }

  /** {@link #transpose_}. */
  default Tensor swapaxes_(int axis0, int axis1) {
    return transpose_(axis0, axis1);
  }

  /** {@link #transpose_}. */
  default Tensor swapdims_(int dim0, int dim1) {
    return transpose_(dim0, dim1);
  }

  /** {@link Tensor#squeeze()} in place: this tensor itself changes its shape. */
  default Tensor squeeze_() {
    boolean[] all = new boolean[self().dim()];
    Arrays.fill(all, true);
    return Views.become(self(), "squeeze_", new ViewOp.Squeeze(all), "SqueezeBackward3");
  }

  /** {@link Tensor#squeeze(int...)} in place: this tensor itself changes its shape. */
  default Tensor squeeze_(int... dims) {
    Tensor t = self();
    long[] wide = Arrays.stream(dims).asLongStream().toArray();
    boolean[] set = dims.length == 0 ? new boolean[t.dim()] : Shape.dimSet(wide, t.dim());
    String name = dims.length == 1 ? "SqueezeBackward4" : "SqueezeBackward5";
    return Views.become(t, "squeeze_", new ViewOp.Squeeze(set), name);
  }

  /** {@link Tensor#unsqueeze} in place: this tensor itself changes its shape. */
  default Tensor unsqueeze_(int dim) {
    int d = Shape.wrapDim(dim, self().dim() + 1);
    return Views.become(self(), "unsqueeze_", new ViewOp.Unsqueeze(d), "UnsqueezeBackward1");
  }
}
