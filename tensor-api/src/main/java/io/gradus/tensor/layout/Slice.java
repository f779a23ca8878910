package io.gradus.tensor.layout;

import io.gradus.tensor.error.InvalidArgumentException;
import org.jspecify.annotations.Nullable;

/**
 * A half-open range with a step along one dimension, as Python's {@code start:stop:step}.
 *
 * <p>Negative bounds count from the end, bounds outside the dimension are clipped, a missing bound
 * is that end of the dimension.
 *
 * @param start first index, null for the beginning
 * @param stop first index that is left out, null for the end
 * @param step distance, at least 1
 */
public record Slice(@Nullable Long start, @Nullable Long stop, long step) {
  /** Everything. */
  public static final Slice ALL = new Slice(null, null, 1);

  /** Refuses steps below 1. */
  public Slice {
    if (step < 1) {
      throw new InvalidArgumentException("slice step must be positive, but got " + step);
    }
  }

  /** {@code start:stop}. */
  public static Slice of(long start, long stop) {
    return new Slice(start, stop, 1);
  }

  /** {@code start:}. */
  public static Slice from(long start) {
    return new Slice(start, null, 1);
  }

  /** {@code :stop}. */
  public static Slice to(long stop) {
    return new Slice(null, stop, 1);
  }

  /** The same range with another step. */
  public Slice step(long by) {
    return new Slice(start, stop, by);
  }

  /** The first index for a dimension of this size, in {@code [0, size]}. */
  public long first(long size) {
    return start == null ? 0 : clip(start, size);
  }

  /** The number of indices for a dimension of this size. */
  public long count(long size) {
    long from = first(size);
    long to = stop == null ? size : clip(stop, size);
    return to <= from ? 0 : (to - from - 1) / step + 1;
  }

  private static long clip(long index, long size) {
    long i = index < 0 ? index + size : index;
    return Math.max(0, Math.min(i, size));
  }
}
