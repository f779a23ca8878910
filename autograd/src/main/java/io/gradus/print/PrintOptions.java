package io.gradus.print;

import io.gradus.tensor.error.InvalidArgumentException;
import org.jspecify.annotations.Nullable;

/**
 * How tensors are printed, in the whole program.
 *
 * @param precision digits after the point
 * @param threshold elements beyond which only the edges are shown
 * @param edgeitems how many at each edge of a dimension
 * @param linewidth characters after which a line is broken
 * @param sciMode scientific notation always, never, or (null) where the numbers call for it
 */
public record PrintOptions(
    int precision, long threshold, int edgeitems, int linewidth, @Nullable Boolean sciMode) {
  /** Four digits, edges beyond 1000 elements, lines of 80 characters. */
  public static final PrintOptions DEFAULT = new PrintOptions(4, 1000, 3, 80, null);

  /** Two digits and two elements at the edges. */
  public static final PrintOptions SHORT = new PrintOptions(2, 1000, 2, 80, null);

  /** Every element. */
  public static final PrintOptions FULL = new PrintOptions(4, Long.MAX_VALUE, 3, 80, null);

  private static volatile PrintOptions current = DEFAULT;

  /** Refuses negative numbers. */
  public PrintOptions {
    if (precision < 0 || threshold < 0 || edgeitems < 0 || linewidth < 1) {
      throw new InvalidArgumentException(
          "[PrintOptions] precision, threshold and edgeitems must not be negative, linewidth not"
              + " below 1: %d, %d, %d, %d".formatted(precision, threshold, edgeitems, linewidth));
    }
  }

  /** The options in force. */
  public static PrintOptions get() {
    return current;
  }

  /** Puts options into force, and returns those that were. */
  public static PrintOptions set(PrintOptions options) {
    PrintOptions before = current;
    current = options;
    return before;
  }

  /** The same with another number of digits. */
  public PrintOptions withPrecision(int digits) {
    return new PrintOptions(digits, threshold, edgeitems, linewidth, sciMode);
  }

  /** The same with another threshold. */
  public PrintOptions withThreshold(long elements) {
    return new PrintOptions(precision, elements, edgeitems, linewidth, sciMode);
  }

  /** The same with other edges. */
  public PrintOptions withEdgeitems(int items) {
    return new PrintOptions(precision, threshold, items, linewidth, sciMode);
  }

  /** The same with another width of lines. */
  public PrintOptions withLinewidth(int characters) {
    return new PrintOptions(precision, threshold, edgeitems, characters, sciMode);
  }

  /** The same with scientific notation always, never, or (null) where needed. */
  public PrintOptions withSciMode(@Nullable Boolean mode) {
    return new PrintOptions(precision, threshold, edgeitems, linewidth, mode);
  }
}
