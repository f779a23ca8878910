package io.gradus.exec;

import io.gradus.Internals;
import io.gradus.Tensor;
import io.gradus.ValuesIndices;
import io.gradus.graph.Record;
import io.gradus.tensor.dtype.DType;
import io.gradus.tensor.error.DTypeException;
import io.gradus.tensor.error.InvalidArgumentException;
import io.gradus.tensor.error.TensorIndexException;
import io.gradus.tensor.kernel.Kernel;
import io.gradus.tensor.kernel.Operand;
import io.gradus.tensor.layout.Layout;
import io.gradus.tensor.layout.Shape;
import org.jspecify.annotations.Nullable;

/** Elements in order along a dimension, and picks from that order. */
public final class Sorting {
  private Sorting() {}

  /** The first {@code count} of the sorted elements, always stable. */
  private static ValuesIndices run(Tensor t, int dim, boolean descending, long count) {
    Operand in = Internals.operand(t);
    if (t.dim() == 0) {
      in = in.with(Layout.of(Shape.of(1), new long[] {1}, in.layout().offset()));
    }
    Shape shape = in.layout().shape().with(dim, count);
    boolean whole = shape.equals(in.layout().shape());
    Operand values =
        whole
            ? Allocation.like(t.device(), t.dtype(), in.layout())
            : Allocation.of(t.device(), t.dtype(), shape);
    Operand indices =
        whole
            ? Allocation.like(t.device(), DType.I64, in.layout())
            : Allocation.of(t.device(), DType.I64, shape);
    if (shape.numel() > 0) {
      t.device().run(new Kernel.Sort(in, dim, descending, values, indices));
    }
    Tensor v = Internals.fresh(values);
    Tensor i = Internals.fresh(indices);
    return t.dim() == 0 && count == 1
        ? new ValuesIndices(Axes.reshaped(v, Shape.SCALAR), Axes.reshaped(i, Shape.SCALAR))
        : new ValuesIndices(v, i);
  }

  private static ValuesIndices recorded(String name, Tensor t, int dim, ValuesIndices r) {
    Shape shape = t.shape();
    Record.rules(
        name,
        new Tensor[] {r.values(), r.indices()},
        new Tensor[] {t},
        new Tensor[] {r.indices()},
        (g, s, needs) ->
            new Tensor[] {g[0] == null ? null : Extremes.spread(g[0], shape, dim, s[0])});
    return r;
  }

  /** See {@link Tensor#sort(int, boolean)}. */
  public static ValuesIndices sort(Tensor t, int dim, boolean descending) {
    int d = Axes.dim("sort", t, dim);
    long n = t.dim() == 0 ? 1 : t.size(d);
    return recorded("SortBackward0", t, d, run(t, d, descending, n));
  }

  /** See {@link Tensor#topk(long, int, boolean)}. */
  public static ValuesIndices topk(Tensor t, long k, int dim, boolean largest) {
    int d = Axes.dim("topk", t, dim);
    long n = t.dim() == 0 ? 1 : t.size(d);
    if (k < 0 || k > n) {
      throw new TensorIndexException(
          "[topk] selected index k out of range: k = %d, dimension %d has size %d"
              .formatted(k, d, n));
    }
    return recorded("TopkBackward0", t, d, run(t, d, largest, k));
  }

  /** See {@link Tensor#kthvalue}. */
  public static ValuesIndices kthvalue(Tensor t, long k, int dim, boolean keepdim) {
    int d = Axes.dim("kthvalue", t, dim);
    long n = t.dim() == 0 ? 1 : t.size(d);
    Axes.refuseEmpty("kthvalue", t, Axes.of(t, d), false);
    if (k < 1 || k > n) {
      throw new TensorIndexException(
          "[kthvalue] selected number k out of range for dimension %d: k = %d, size %d"
              .formatted(d, k, n));
    }
    return at("KthvalueBackward0", t, d, keepdim, run(t.detach(), d, false, n), k - 1);
  }

  /** One position of the sorted elements. */
  private static ValuesIndices at(
      String name, Tensor t, int dim, boolean keepdim, ValuesIndices sorted, long k) {
    if (t.dim() == 0) {
      return Extremes.chosen(name, t, dim, keepdim, sorted.values(), sorted.indices());
    }
    return Extremes.chosen(
        name,
        t,
        dim,
        keepdim,
        Executor.copyContiguous(sorted.values().narrow(dim, k, 1)),
        Executor.copyContiguous(sorted.indices().narrow(dim, k, 1)));
  }

  /**
   * The lower of the two middle elements along a dimension.
   *
   * @param ignoreNan whether NaN is left out rather than the result
   */
  public static ValuesIndices median(Tensor t, int dim, boolean keepdim, boolean ignoreNan) {
    String name = ignoreNan ? "nanmedian" : "median";
    if (t.dtype() == DType.BOOL) {
      throw new DTypeException("[" + name + "] is not implemented for bool; convert with to(i64)");
    }
    int d = Axes.dim(name, t, dim);
    Axes.refuseEmpty(name, t, Axes.of(t, d), false);
    long n = t.dim() == 0 ? 1 : t.size(d);
    ValuesIndices sorted = run(t.detach(), d, false, n);
    String node = ignoreNan ? "NanmedianBackward1" : "MedianBackward1";
    if (t.dim() == 0 || !t.dtype().isFloating()) {
      return at(node, t, d, keepdim, sorted, (n - 1) / 2);
    }
    Tensor nans = sorted.values().isnan();
    Tensor count = nans.sum(d, true);
    // NaN sorts last: the first NaN stands after all numbers.
    Tensor middle =
        ignoreNan
            ? count.neg().add(n - 1).clampMin(0).floorDivide(2)
            : Tensor.where(count.eq(0), (n - 1) / 2, count.neg().add(n));
    return Extremes.chosen(
        node, t, d, keepdim, sorted.values().gather(d, middle), sorted.indices().gather(d, middle));
  }

  /** The lower of the two middle elements of all. */
  public static Tensor median(Tensor t, boolean ignoreNan) {
    if (t.numel() == 0) {
      return Executor.full(
          Shape.SCALAR,
          t.dtype(),
          t.device(),
          t.dtype().isFloating()
              ? io.gradus.tensor.dtype.Scalar.of(Double.NaN)
              : io.gradus.tensor.dtype.Scalar.of(t.dtype().minInteger()));
    }
    Tensor flat = t.detach().reshape(-1);
    ValuesIndices m = median(flat, 0, false, ignoreNan);
    return Extremes.sharedAmong(
        ignoreNan ? "NanmedianBackward0" : "MedianBackward0", t, m.values(), Axes.of(t), false);
  }

  /** The most frequent element along a dimension, the smallest of equals, and its last place. */
  public static ValuesIndices mode(Tensor t, int dim, boolean keepdim) {
    int d = Axes.dim("mode", t, dim);
    Axes.refuseEmpty("mode", t, Axes.of(t, d), false);
    long n = t.dim() == 0 ? 1 : t.size(d);
    ValuesIndices sorted = run(t.detach(), d, false, n);
    if (t.dim() == 0) {
      return at("ModeBackward0", t, d, keepdim, sorted, 0);
    }
    // The length of the run of equals that ends at each place; the longest, first one wins.
    Tensor v = sorted.values();
    Tensor place = Tensor.arange(n).to(t.device()).view(column(t.dim(), d, n));
    Tensor starts =
        Tensor.cat(
            java.util.List.of(
                Executor.full(v.shape().with(d, 1), DType.BOOL, v.device(), 1L),
                v.narrow(d, 1, n - 1).ne(v.narrow(d, 0, n - 1))),
            d);
    Tensor begun = place.expand(v.shape().toArray()).where(starts, 0).cummax(d).values();
    Tensor best = place.sub(begun).argmax(d, true);
    return Extremes.chosen(
        "ModeBackward0", t, d, keepdim, v.gather(d, best), sorted.indices().gather(d, best));
  }

  private static long[] column(int rank, int dim, long n) {
    long[] sizes = new long[rank];
    java.util.Arrays.fill(sizes, 1);
    sizes[dim] = n;
    return sizes;
  }

  /** How a quantile between two elements is made of them. */
  public enum Interpolation {
    /** In proportion to the distance. */
    LINEAR,
    /** The lower one. */
    LOWER,
    /** The higher one. */
    HIGHER,
    /** Their mean. */
    MIDPOINT,
    /** The nearer one, ties to the even place. */
    NEAREST
  }

  /** See {@link Tensor#quantile}. */
  public static Tensor quantile(
      Tensor t,
      Tensor q,
      @Nullable Integer dim,
      boolean keepdim,
      boolean ignoreNan,
      Interpolation how) {
    if (!t.dtype().isFloating() || q.dtype() != t.dtype()) {
      throw new InvalidArgumentException(
          "[quantile] quantile() q tensor must be same dtype as the input tensor, float or double: %s and %s"
              .formatted(q.dtype(), t.dtype()));
    }
    if (q.dim() > 1) {
      throw new InvalidArgumentException(
          "[quantile] quantile() q must be a scalar or 1D tensor: shape " + q.shape());
    }
    for (double p : q.doubleArray()) {
      if (!(p >= 0 && p <= 1)) {
        throw new InvalidArgumentException(
            "[quantile] quantile() q values must be in the range [0, 1]: " + p);
      }
    }
    if (t.numel() == 0) {
      throw new InvalidArgumentException("[quantile] quantile() input tensor must be non-empty");
    }
    int d = dim == null ? 0 : Shape.wrapDim(dim, t.dim());
    Tensor x = dim == null ? t.reshape(-1) : Axes.atLeast1d(t);
    Tensor sorted = sort(x, d, false).values().movedim(d, -1);
    Tensor nans = sorted.detach().isnan().sum(-1, true);
    long n = sorted.size(-1);
    Tensor rank = q.reshape(-1).mul(nans.neg().add(n - 1).clampMin(0).to(t.dtype()));
    if (!ignoreNan) {
      rank = Tensor.where(nans.gt(0), n - 1, q.reshape(-1).mul(n - 1));
    }
    rank = rank.to(t.dtype());
    Tensor low =
        how == Interpolation.NEAREST
            ? rank.round()
            : how == Interpolation.HIGHER ? rank.ceil() : rank.floor();
    Tensor value = sorted.gather(-1, low.detach().to(DType.I64));
    if (how == Interpolation.LINEAR || how == Interpolation.MIDPOINT) {
      Tensor weight =
          how == Interpolation.MIDPOINT
              ? Tensor.full(new long[0], 0.5).to(t.dtype()).to(t.device())
              : rank.sub(low.detach());
      value =
          value.lerp(
              sorted.gather(-1, rank.detach().ceil().to(DType.I64)),
              weight.expand(value.shape().toArray()));
    }
    // One value of q a row; without a dimension of q there is no such row.
    Tensor result = value.movedim(-1, 0);
    if (keepdim && dim == null) {
      for (int i = 0; i < t.dim(); i++) {
        result = result.unsqueeze(1);
      }
    } else if (keepdim && t.dim() > 0) {
      result = result.unsqueeze(d + 1);
    }
    return q.dim() == 0 ? result.select(0, 0) : result;
  }
}
