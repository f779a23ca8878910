package io.gradus.exec;

import io.gradus.Tensor;
import io.gradus.tensor.dtype.DType;
import io.gradus.tensor.error.DTypeException;
import io.gradus.tensor.error.InvalidArgumentException;
import io.gradus.tensor.error.ShapeException;
import io.gradus.tensor.layout.Shape;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Numeric derivatives of a function given on a grid, of second order inside.
 *
 * <p>Inside, the weights are those of the parabola through three neighbours (Fornberg, "Generation
 * of finite difference formulas on arbitrarily spaced grids", 1988); at the ends a line through two
 * points (edge order 1) or a parabola through three (2).
 */
public final class Slopes {
  private Slopes() {}

  /** See {@link Tensor#gradient(double, int[], int)}. */
  public static List<Tensor> gradient(Tensor t, double spacing, int[] dims, int edgeOrder) {
    double[] each = new double[dims.length == 0 ? t.dim() : dims.length];
    Arrays.fill(each, spacing);
    return gradient(t, each, dims, edgeOrder);
  }

  /** See {@link Tensor#gradient(double[], int[], int)}. */
  public static List<Tensor> gradient(Tensor t, double[] spacing, int[] dims, int edgeOrder) {
    int[] axes = axes(t, spacing.length, dims, edgeOrder);
    List<Tensor> all = new ArrayList<>();
    for (int i = 0; i < axes.length; i++) {
      all.add(even(t, spacing[i], axes[i], edgeOrder));
    }
    return all;
  }

  /** See {@link Tensor#gradient(List, int[], int)}. */
  public static List<Tensor> gradient(Tensor t, List<Tensor> places, int[] dims, int edgeOrder) {
    int[] axes = axes(t, places.size(), dims, edgeOrder);
    for (int i = 0; i < axes.length; i++) {
      Tensor x = places.get(i);
      if (x.dim() != 1 || x.size(0) != t.size(axes[i])) {
        throw new ShapeException(
            "[gradient] torch.gradient expected the coordinates of dimension %d to be a vector of size %d, but got shape %s"
                .formatted(axes[i], t.size(axes[i]), x.shape()));
      }
    }
    List<Tensor> all = new ArrayList<>();
    for (int i = 0; i < axes.length; i++) {
      all.add(uneven(t, places.get(i), axes[i], edgeOrder));
    }
    return all;
  }

  private static int[] axes(Tensor t, int spacings, int[] dims, int edgeOrder) {
    if (t.dtype() == DType.U8) {
      throw new DTypeException("[gradient] torch.gradient does not support uint8 input.");
    }
    int count = dims.length == 0 ? t.dim() : dims.length;
    if (spacings != count) {
      throw new ShapeException(
          "[gradient] torch.gradient expected spacing to be unspecified, a scalar or it's spacing and dim arguments to have the same length, but got a spacing argument of length %d and a dim argument of length %d."
              .formatted(spacings, count));
    }
    if (edgeOrder != 1 && edgeOrder != 2) {
      throw new InvalidArgumentException(
          "[gradient] torch.gradient only supports edge_order=1 and edge_order=2: got "
              + edgeOrder);
    }
    int[] axes = dims.length == 0 ? new int[count] : dims.clone();
    boolean[] seen = new boolean[t.dim()];
    for (int i = 0; i < count; i++) {
      axes[i] = dims.length == 0 ? i : Shape.wrapDim(dims[i], t.dim());
      if (t.dim() == 0 || t.size(axes[i]) < edgeOrder + 1) {
        throw new ShapeException(
            "[gradient] torch.gradient expected each dimension size to be at least edge_order+1: edge_order %d, shape %s"
                .formatted(edgeOrder, t.shape()));
      }
      if (seen[axes[i]]) {
        throw new InvalidArgumentException(
            "[gradient] dim %d appears multiple times in the list of dims".formatted(axes[i]));
      }
      seen[axes[i]] = true;
    }
    return axes;
  }

  /** One place along a dimension, which stays. */
  private static Tensor at(Tensor t, int dim, long place) {
    return t.narrow(dim, place < 0 ? t.size(dim) + place : place, 1);
  }

  private static Tensor even(Tensor t, double dx, int dim, int edgeOrder) {
    long n = t.size(dim);
    Tensor first;
    Tensor last;
    if (edgeOrder == 1) {
      first = at(t, dim, 1).sub(at(t, dim, 0)).div(dx);
      last = at(t, dim, -1).sub(at(t, dim, -2)).div(dx);
    } else {
      first = at(t, dim, 0).mul(-1.5).add(at(t, dim, 1).mul(2)).sub(at(t, dim, 2).mul(0.5)).div(dx);
      last =
          at(t, dim, -1).mul(1.5).sub(at(t, dim, -2).mul(2)).add(at(t, dim, -3).mul(0.5)).div(dx);
    }
    Tensor middle = t.narrow(dim, 2, n - 2).sub(t.narrow(dim, 0, n - 2)).div(dx).div(2);
    return Tensor.cat(List.of(first, middle, last), dim);
  }

  private static Tensor uneven(Tensor t, Tensor places, int dim, int edgeOrder) {
    long n = t.size(dim);
    Tensor steps = places.diff();
    Tensor h1 = column(steps.narrow(0, 0, n - 2), t, dim);
    Tensor h2 = column(steps.narrow(0, 1, n - 2), t, dim);
    Tensor both = h1.add(h2);
    Tensor middle =
        h2.neg()
            .div(h1.mul(both))
            .mul(t.narrow(dim, 0, n - 2))
            .add(h2.sub(h1).div(h1.mul(h2)).mul(t.narrow(dim, 1, n - 2)))
            .add(h1.div(h2.mul(both)).mul(t.narrow(dim, 2, n - 2)));
    Tensor first;
    Tensor last;
    if (edgeOrder == 1) {
      first = at(t, dim, 1).sub(at(t, dim, 0)).div(steps.select(0, 0));
      last = at(t, dim, -1).sub(at(t, dim, -2)).div(steps.select(0, -1));
    } else {
      Tensor p = steps.select(0, 0);
      Tensor q = steps.select(0, 1);
      first =
          at(t, dim, 0)
              .mul(p.mul(2).add(q).neg().div(p.mul(p.add(q))))
              .add(at(t, dim, 1).mul(p.add(q).div(p.mul(q))))
              .add(at(t, dim, 2).mul(p.neg().div(q.mul(p.add(q)))));
      Tensor r = steps.select(0, -1);
      Tensor s = steps.select(0, -2);
      last =
          at(t, dim, -3)
              .mul(r.div(s.mul(r.add(s))))
              .add(at(t, dim, -2).mul(r.add(s).neg().div(r.mul(s))))
              .add(at(t, dim, -1).mul(r.mul(2).add(s).div(r.mul(r.add(s)))));
    }
    return Tensor.cat(List.of(first, middle, last), dim);
  }

  private static Tensor column(Tensor steps, Tensor t, int dim) {
    long[] sizes = new long[t.dim()];
    Arrays.fill(sizes, 1);
    sizes[dim] = steps.numel();
    return steps.reshape(sizes);
  }
}
