package io.gradus.exec;

import io.gradus.tensor.error.ShapeException;

/** Numbers of elements that have to fit into a Java array. */
public final class Counts {
  private static final int MOST = Integer.MAX_VALUE - 8;

  private Counts() {}

  /**
   * A number of elements as the length of an array.
   *
   * @throws ShapeException for more than any array holds
   */
  public static int of(String name, long count) {
    if (count > MOST) {
      throw new ShapeException(
          "[%s] a Java array holds at most 2^31-9 elements: %d asked for; use smaller sizes"
              .formatted(name, count));
    }
    return (int) count;
  }

  /** The product of two numbers, neither of them negative, as the length of an array. */
  public static int of(String name, long a, long b) {
    if (a != 0 && b > MOST / a) {
      throw new ShapeException(
          "[%s] a Java array holds at most 2^31-9 elements: %d times %d asked for; use smaller sizes"
              .formatted(name, a, b));
    }
    return (int) (a * b);
  }
}
