package io.gradus.exec;

import io.gradus.Tensor;
import io.gradus.UniqueResult;
import io.gradus.tensor.dtype.DType;
import io.gradus.tensor.dtype.Promotion;
import io.gradus.tensor.dtype.Scalar;
import io.gradus.tensor.error.DTypeException;
import io.gradus.tensor.error.ShapeException;
import io.gradus.tensor.error.TensorIndexException;
import io.gradus.tensor.layout.Shape;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/** Distinct elements and places in sorted ones; computed on the host, without gradients. */
public final class Searching {
  private Searching() {}

  private static Tensor longs(long[] values, Shape shape, Tensor like) {
    return Transfers.fromHost(Transfers.segment(values), DType.I64, shape, like.device());
  }

  /** See {@link Tensor#uniqueWithCounts}. */
  public static UniqueResult unique(Tensor t) {
    UniqueResult r = grouped(t.detach().reshape(-1, 1), false);
    return flat(r, t);
  }

  /** See {@link Tensor#uniqueConsecutive()}. */
  public static UniqueResult uniqueConsecutive(Tensor t) {
    return flat(grouped(t.detach().reshape(-1, 1), true), t);
  }

  private static UniqueResult flat(UniqueResult r, Tensor t) {
    return new UniqueResult(
        r.values().reshape(-1), r.inverse().view(t.shape().toArray()), r.counts());
  }

  /** See {@link Tensor#unique(int)}. */
  public static UniqueResult unique(Tensor t, int dim, boolean consecutive) {
    int d = Shape.wrapDim(dim, t.dim());
    if (t.dim() == 0) {
      return new UniqueResult(
          t.detach().reshape(1).clone(),
          longs(new long[1], Shape.SCALAR, t),
          longs(new long[] {1}, Shape.of(1), t));
    }
    Tensor front = t.detach().movedim(d, 0);
    long n = front.size(0);
    long width = n == 0 ? 0 : front.numel() / n;
    UniqueResult r = grouped(front.reshape(n, width), consecutive);
    long[] sizes = front.shape().toArray();
    sizes[0] = r.values().size(0);
    return new UniqueResult(
        r.values().view(sizes).movedim(0, d).contiguous(), r.inverse(), r.counts());
  }

  /** Equal rows of a matrix become one. */
  private static UniqueResult grouped(Tensor rows, boolean consecutive) {
    int n = Math.toIntExact(rows.size(0));
    int width = Math.toIntExact(rows.size(1));
    Comparator<Integer> order =
        rows.dtype().isFloating() ? byDouble(rows, width) : byLong(rows, width);
    Integer[] sorted = new Integer[n];
    Arrays.setAll(sorted, i -> i);
    if (!consecutive) {
      Arrays.sort(sorted, order);
    }
    long[] inverse = new long[n];
    List<Long> first = new ArrayList<>();
    List<Long> counts = new ArrayList<>();
    for (int i = 0; i < n; i++) {
      if (i == 0 || order.compare(sorted[i - 1], sorted[i]) != 0 || isNan(order, sorted[i])) {
        first.add((long) sorted[i]);
        counts.add(0L);
      }
      int group = first.size() - 1;
      inverse[sorted[i]] = group;
      counts.set(group, counts.get(group) + 1);
    }
    long[] from = first.stream().mapToLong(i -> i).toArray();
    return new UniqueResult(
        rows.indexSelect(0, longs(from, Shape.of(from.length), rows)),
        longs(inverse, Shape.of(n), rows),
        longs(counts.stream().mapToLong(c -> c).toArray(), Shape.of(from.length), rows));
  }

  /** NaN is never equal to anything, itself included. */
  private static boolean isNan(Comparator<Integer> order, int row) {
    return order instanceof ByDouble d && d.hasNan(row);
  }

  private record ByDouble(double[] a, int width) implements Comparator<Integer> {
    @Override
    public int compare(Integer i, Integer j) {
      for (int k = 0; k < width; k++) {
        // Adding 0 makes -0 equal to +0.
        int c = Double.compare(a[i * width + k] + 0.0, a[j * width + k] + 0.0);
        if (c != 0) {
          return c;
        }
      }
      return 0;
    }

    boolean hasNan(int row) {
      for (int k = 0; k < width; k++) {
        if (Double.isNaN(a[row * width + k])) {
          return true;
        }
      }
      return false;
    }
  }

  private static Comparator<Integer> byDouble(Tensor rows, int width) {
    return new ByDouble(rows.doubleArray(), width);
  }

  private static Comparator<Integer> byLong(Tensor rows, int width) {
    long[] a = rows.longArray();
    return (i, j) -> Arrays.compare(a, i * width, (i + 1) * width, a, j * width, (j + 1) * width);
  }

  /** See {@link Tensor#searchsorted}. */
  public static Tensor searchsorted(Tensor sorted, Tensor values, boolean right) {
    boolean vector = sorted.dim() == 1;
    if (!vector) {
      Shape a = sorted.shape();
      Shape b = values.shape();
      if (a.rank() != b.rank() || a.rank() == 0 || !a.with(-1, 1).equals(b.with(-1, 1))) {
        throw new ShapeException(
            "[searchsorted] boundaries tensor should be 1 dimension or the first N-1 dimensions of boundaries tensor and input value tensor must match: %s and %s"
                .formatted(a, b));
      }
    }
    DType common = Promotion.promote(sorted.dtype(), values.dtype());
    int n = Math.toIntExact(sorted.size(-1));
    int total = Math.toIntExact(values.numel());
    long[] at = new long[total];
    int line = vector ? total : Math.toIntExact(values.size(-1));
    if (common.isFloating()) {
      double[] a = sorted.doubleArray();
      double[] v = values.doubleArray();
      for (int i = 0; i < total; i++) {
        double x = v[i];
        int from = vector ? 0 : i / line * n;
        at[i] = bound(n, k -> right ? !(a[from + k] > x) : !(a[from + k] >= x));
      }
    } else {
      long[] a = sorted.longArray();
      long[] v = values.longArray();
      for (int i = 0; i < total; i++) {
        long x = v[i];
        int from = vector ? 0 : i / line * n;
        at[i] = bound(n, k -> right ? a[from + k] <= x : a[from + k] < x);
      }
    }
    return longs(at, values.shape(), values);
  }

  /** See {@link Tensor#searchsorted(Number, boolean)}. */
  public static Tensor searchsorted(Tensor sorted, Number value, boolean right) {
    if (sorted.dim() != 1) {
      throw new ShapeException(
          "[searchsorted] input value can be a scalar only when boundaries tensor dimension is 1, but we got boundaries tensor dim(%d)"
              .formatted(sorted.dim()));
    }
    return searchsorted(
        sorted,
        Executor.full(
            Shape.SCALAR,
            value instanceof Double || value instanceof Float ? DType.F64 : DType.I64,
            sorted.device(),
            Scalar.of(value)),
        right);
  }

  /** A tensor in the order that {@code sorter} gives. */
  public static Tensor arranged(Tensor sequence, Tensor sorter) {
    if (!sorter.shape().equals(sequence.shape())) {
      throw new ShapeException(
          "[searchsorted] boundary and sorter must have the same size, but got boundary tensor %s and got sorter tensor %s"
              .formatted(sequence.shape(), sorter.shape()));
    }
    if (sorter.dtype() != DType.I64) {
      throw new DTypeException(
          "[searchsorted] sorter must be a tensor of long dtype but got dtype " + sorter.dtype());
    }
    long n = sequence.dim() == 0 ? 1 : sequence.size(-1);
    for (long i : sorter.longArray()) {
      if (i < 0 || i >= n) {
        throw new TensorIndexException(
            "[searchsorted] sorter index out of range: %d for size %d".formatted(i, n));
      }
    }
    return sequence.detach().gather(-1, sorter);
  }

  /** The number of leading places for which the condition holds. */
  private static int bound(int n, java.util.function.IntPredicate before) {
    int low = 0;
    int high = n;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (before.test(middle)) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }

  /** See {@link Tensor#isin}. */
  public static Tensor isin(Tensor t, Tensor elements) {
    if (elements.numel() == 0) {
      return Executor.full(t.shape(), DType.BOOL, t.device(), 0L);
    }
    Tensor sorted = elements.detach().reshape(-1).sort().values();
    DType common = Promotion.promote(t.dtype(), sorted.dtype());
    Tensor x = t.detach().to(common);
    Tensor all = sorted.to(common);
    Tensor at = searchsorted(all, x, false).clampMax(all.numel() - 1);
    return all.indexSelect(0, at.reshape(-1)).view(t.shape().toArray()).eq(x);
  }
}
