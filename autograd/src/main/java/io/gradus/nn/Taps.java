package io.gradus.nn;

import io.gradus.Options;
import io.gradus.Tensor;
import io.gradus.exec.Counts;
import io.gradus.tensor.dtype.DType;
import java.util.Arrays;

/**
 * Which elements of one dimension go into each element of a result.
 *
 * @param from a row for each tap, in it a position for each element of the result; -1 for none
 */
record Taps(long[][] from) {
  /** Windows of one size; padding and what lies behind the end are none. */
  static Taps windows(long size, long kernel, long stride, long padding, long dilation, long out) {
    return of(kernel, out, (k, o) -> inside(o * stride - padding + k * dilation, size));
  }

  /** Windows that divide the dimension as evenly as they can. */
  static Taps adaptive(long size, long out) {
    Counts.of("adaptive_pool", out);
    long longest = 0;
    for (long o = 0; o < out; o++) {
      longest = Math.max(longest, adaptiveEnd(o, size, out) - adaptiveStart(o, size, out));
    }
    return of(
        longest,
        out,
        (k, o) -> {
          long at = adaptiveStart(o, size, out) + k;
          return at < adaptiveEnd(o, size, out) ? at : -1;
        });
  }

  private static long adaptiveStart(long o, long size, long out) {
    return o * size / out;
  }

  private static long adaptiveEnd(long o, long size, long out) {
    return ((o + 1) * size + out - 1) / out;
  }

  @FunctionalInterface
  private interface Position {
    long of(long tap, long out);
  }

  private static Taps of(long taps, long out, Position position) {
    long[][] from = new long[Counts.of("pool", taps)][Counts.of("pool", out)];
    for (int k = 0; k < taps; k++) {
      int tap = k;
      Arrays.setAll(from[k], o -> position.of(tap, o));
    }
    return new Taps(from);
  }

  private static long inside(long at, long size) {
    return at >= 0 && at < size ? at : -1;
  }

  int out() {
    return from.length == 0 ? 0 : from[0].length;
  }

  /** Whether something goes into each element of the result. */
  boolean isFull() {
    return Arrays.stream(counts()).allMatch(n -> n > 0);
  }

  /** Where nothing goes into a result along a dimension; broadcasts to x in all others. */
  Tensor nothing(Tensor x, int dim) {
    return Tensor.tensor(counts()).to(x.device()).eq(0).reshape(line(x, dim, out()));
  }

  /** How many elements of the input go into each of the result. */
  long[] counts() {
    long[] n = new long[out()];
    for (long[] tap : from) {
      for (int o = 0; o < n.length; o++) {
        n[o] += tap[o] < 0 ? 0 : 1;
      }
    }
    return n;
  }

  /** The first element of the input that goes into {@code out}; 0 if none does. */
  long first(int out) {
    for (long[] tap : from) {
      if (tap[out] >= 0) {
        return tap[out];
      }
    }
    return 0;
  }

  /** The sums along a dimension. */
  Tensor sum(Tensor x, int dim) {
    Tensor total = null;
    for (long[] tap : from) {
      Tensor part = pick(x, dim, tap);
      total = total == null ? part : total.add(part);
    }
    return total == null ? x.narrow(dim, 0, 0) : total;
  }

  /** The weighted sums along a dimension. */
  Tensor sum(Tensor x, int dim, double[][] weights) {
    Tensor total = null;
    for (int k = 0; k < from.length; k++) {
      Tensor part = pick(x, dim, from[k]).mul(along(weights[k], x, dim));
      total = total == null ? part : total.add(part);
    }
    return total == null ? x.narrow(dim, 0, 0) : total;
  }

  /** The elements at the given positions along a dimension, 0 for none. */
  static Tensor pick(Tensor x, int dim, long[] at) {
    long[] safe = Arrays.stream(at).map(p -> Math.max(p, 0)).toArray();
    Tensor picked = x.indexSelect(dim, Tensor.tensor(safe).to(x.device()));
    if (Arrays.equals(safe, at)) {
      return picked;
    }
    boolean[] none = new boolean[at.length];
    for (int i = 0; i < none.length; i++) {
      none[i] = at[i] < 0;
    }
    Tensor mask = Tensor.tensor(none).to(x.device());
    return picked.maskedFill(mask.reshape(line(x, dim, at.length)), 0);
  }

  private static Tensor along(double[] weights, Tensor x, int dim) {
    DType dtype = x.dtype();
    return Tensor.tensor(weights, Options.dtype(dtype).withDevice(x.device()))
        .reshape(line(x, dim, weights.length));
  }

  private static long[] line(Tensor x, int dim, long size) {
    long[] shape = new long[x.dim()];
    Arrays.fill(shape, 1);
    shape[dim] = size;
    return shape;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Taps t && Arrays.deepEquals(from, t.from);
  }

  @Override
  public int hashCode() {
    return Arrays.deepHashCode(from);
  }

  @Override
  public String toString() {
    return Arrays.deepToString(from);
  }
}
