package io.gradus.exec;

import io.gradus.Internals;
import io.gradus.Tensor;
import io.gradus.tensor.error.TensorIndexException;
import io.gradus.tensor.layout.Layout;
import io.gradus.tensor.layout.Shape;
import java.util.Arrays;

/** The dimensions that a reduction runs over. */
final class Axes {
  private Axes() {}

  /** Flags of the named dimensions; all if none is named. */
  static boolean[] of(Tensor t, int... dims) {
    long[] given = new long[dims.length];
    for (int k = 0; k < dims.length; k++) {
      given[k] = dims[k];
    }
    return Shape.dimSet(given, t.dim());
  }

  /** {@link #of(Tensor, int...)}; errors name the operation and the shape. */
  static boolean[] of(String name, Tensor t, int... dims) {
    try {
      return of(t, dims);
    } catch (TensorIndexException e) {
      throw named(name, t, e);
    }
  }

  /** A dimension counted from the start; errors name the operation and the shape. */
  static int dim(String name, Tensor t, int dim) {
    try {
      return Shape.wrapDim(dim, t.dim());
    } catch (TensorIndexException e) {
      throw named(name, t, e);
    }
  }

  /** An error about a position with the operation and the shape. */
  static TensorIndexException named(String name, Tensor t, TensorIndexException e) {
    return new TensorIndexException(
        "[%s] %s: shape %s".formatted(name, e.getMessage(), t.shape()), e);
  }

  /** The number of elements that become one. */
  static long count(Tensor t, boolean[] axes) {
    long n = 1;
    for (int d = 0; d < axes.length; d++) {
      if (axes[d]) {
        n *= t.size(d);
      }
    }
    return n;
  }

  /** The flagged dimensions as numbers. */
  static int[] list(boolean[] axes) {
    int[] dims = new int[axes.length];
    int n = 0;
    for (int d = 0; d < axes.length; d++) {
      if (axes[d]) {
        dims[n++] = d;
      }
    }
    return Arrays.copyOf(dims, n);
  }

  /** Refuses dimensions of size 0 where the operation has no value for nothing. */
  static void refuseEmpty(String name, Tensor t, boolean[] axes, boolean whole) {
    if (t.numel() > 0) {
      return;
    }
    if (whole) {
      throw new TensorIndexException(
          "[%s] Expected reduction dim to be specified for input.numel() == 0. Specify the reduction dim with the 'dim' argument: shape %s"
              .formatted(name, t.shape()));
    }
    for (int d = 0; d < axes.length; d++) {
      if (axes[d] && t.size(d) == 0) {
        throw new TensorIndexException(
            "[%s] Expected reduction dim %d to have non-zero size: shape %s"
                .formatted(name, d, t.shape()));
      }
    }
  }

  /** The result of a reduction without the kept dimensions; no history yet. */
  static Tensor drop(Tensor kept, boolean[] axes, boolean keepdim) {
    if (keepdim || kept.dim() == 0) {
      return kept;
    }
    return reshaped(kept, kept.shape().without(axes));
  }

  /** A fresh row-major result under another shape; no history yet. */
  static Tensor reshaped(Tensor fresh, Shape shape) {
    return Internals.fresh(Internals.operand(fresh).with(Layout.of(shape)));
  }

  /** The gradient of a reduction, or its result, with the reduced dimensions as 1. */
  static Tensor keep(Tensor g, Shape of, boolean[] axes, boolean keepdim) {
    return keepdim || of.rank() == 0 ? g : g.reshape(of.keeping(axes).toArray());
  }

  /** The gradient of a reduction as that of each reduced element. */
  static Tensor expand(Tensor g, Shape to, boolean[] axes, boolean keepdim) {
    return keep(g, to, axes, keepdim).expand(to.toArray());
  }

  /** A 0-dim tensor as a vector of one element, others as they are; keeps history. */
  static Tensor atLeast1d(Tensor t) {
    return t.dim() == 0 ? t.reshape(1) : t;
  }
}
