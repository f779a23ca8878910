package io.gradus;

import io.gradus.tensor.layout.Slice;

/**
 * One part of a subscript, as between the commas of {@code t[1:3, ..., mask]}.
 *
 * <pre>{@code
 * t.get(Index.slice(1, 3), Index.ELLIPSIS, Index.at(-1))
 * }</pre>
 */
public sealed interface Index {
  /** Every dimension that the other parts leave over. */
  Index ELLIPSIS = new Ellipsis();

  /** A whole dimension. */
  Index ALL = new Range(Slice.ALL);

  /** A new dimension of size 1. */
  Index NEW_AXIS = new NewAxis();

  /** One position, which drops the dimension; negative ones count from the end. */
  record At(long position) implements Index {}

  /** A range of positions with a step. */
  record Range(Slice slice) implements Index {}

  /** Every dimension that the other parts leave over; at most once. */
  record Ellipsis() implements Index {}

  /** A new dimension of size 1. */
  record NewAxis() implements Index {}

  /**
   * Chosen positions: a bool mask over as many dimensions as it has, or whole numbers that replace
   * one dimension by theirs. Several of them broadcast together.
   */
  record Pick(Tensor tensor) implements Index {}

  /** One position. */
  static Index at(long position) {
    return new At(position);
  }

  /** A range. */
  static Index of(Slice slice) {
    return new Range(slice);
  }

  /** {@code start:stop}. */
  static Index slice(long start, long stop) {
    return new Range(Slice.of(start, stop));
  }

  /** {@code start:stop:step}. */
  static Index slice(long start, long stop, long step) {
    return new Range(new Slice(start, stop, step));
  }

  /** {@code start:}. */
  static Index from(long start) {
    return new Range(Slice.from(start));
  }

  /** {@code :stop}. */
  static Index to(long stop) {
    return new Range(Slice.to(stop));
  }

  /** {@code ::step}. */
  static Index every(long step) {
    return new Range(Slice.ALL.step(step));
  }

  /** A mask (bool, u8) or an index tensor. */
  static Index of(Tensor tensor) {
    return new Pick(tensor);
  }

  /** All (as one more dimension of size 1) or nothing (of size 0). */
  static Index of(boolean keep) {
    return new Pick(Tensor.tensor(keep).reshape());
  }

  /** A list of positions. */
  static Index of(long... positions) {
    return new Pick(Tensor.tensor(positions));
  }
}
