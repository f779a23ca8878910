package io.gradus.nn;

import io.gradus.Options;
import io.gradus.Tensor;
import io.gradus.tensor.error.InvalidArgumentException;
import io.gradus.tensor.error.ShapeException;
import io.gradus.tensor.layout.Shape;
import java.util.Arrays;

/** Sizes and options of the last dimensions of [batch, channels, …]. */
final class Spatial {
  private Spatial() {}

  /** One number for each of {@code n} dimensions; a single one stands for all. */
  static long[] each(String op, String name, long[] given, int n) {
    if (n < 1 || n > 3) {
      throw new InvalidArgumentException(
          "[%s] expects 1, 2 or 3 dimensions, but got %d".formatted(op, n));
    }
    if (given.length == n) {
      return given;
    }
    if (given.length != 1) {
      throw new InvalidArgumentException(
          "[%s] expected %s to be a single integer value or a list of %d values, but got %s"
              .formatted(op, name, n, Arrays.toString(given)));
    }
    long[] all = new long[n];
    Arrays.fill(all, given[0]);
    return all;
  }

  /** Refuses numbers below {@code least}. */
  static void atLeast(String op, String rule, long[] values, long least) {
    for (long v : values) {
      if (v < least) {
        throw new InvalidArgumentException(
            "[%s] %s, but got %s".formatted(op, rule, Arrays.toString(values)));
      }
    }
  }

  /** With a batch dimension; an input without one gets one of size 1. */
  static Tensor batched(String op, Tensor x, int n) {
    if (x.dim() != n + 1 && x.dim() != n + 2) {
      throw new ShapeException(
          "[%s] Expected %dD (unbatched) or %dD (batched) input to %s, but got input of size: %s"
              .formatted(op, n + 1, n + 2, op, x.shape()));
    }
    return x.dim() == n + 1 ? x.unsqueeze(0) : x;
  }

  /** Takes away the batch dimension that {@link #batched} added. */
  static Tensor like(Tensor input, int n, Tensor result) {
    return input.dim() == n + 1 ? result.squeeze(0) : result;
  }

  /** The last {@code n} sizes. */
  static long[] sizes(Tensor x, int n) {
    long[] all = x.shape().toArray();
    return Arrays.copyOfRange(all, all.length - n, all.length);
  }

  /** {@code [a, b, …rest]}. */
  static long[] shape(long a, long b, long[]... rest) {
    long[] all = new long[2 + Arrays.stream(rest).mapToInt(r -> r.length).sum()];
    all[0] = a;
    all[1] = b;
    int at = 2;
    for (long[] r : rest) {
      System.arraycopy(r, 0, all, at, r.length);
      at += r.length;
    }
    return all;
  }

  static long product(long[] sizes) {
    return Shape.of(sizes).numel();
  }

  static Tensor zeros(Tensor like, long... shape) {
    return Tensor.zeros(Options.dtype(like.dtype()).withDevice(like.device()), shape);
  }
}
