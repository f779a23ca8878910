package io.gradus.nn.pad;

import io.gradus.tensor.error.InvalidArgumentException;
import java.util.Arrays;
import java.util.stream.Collectors;

/** How many elements come before and behind each of the last dimensions. */
final class Ends {
  private Ends() {}

  /** Two numbers for each of {@code n} dimensions; a single one stands for all. */
  static long[] of(String name, int n, long[] given) {
    if (given.length == 2 * n) {
      return given.clone();
    }
    if (given.length != 1) {
      throw new InvalidArgumentException(
          "[%s] expected padding to be a single integer value or a list of %d values, but got %s"
              .formatted(name, 2 * n, Arrays.toString(given)));
    }
    long[] all = new long[2 * n];
    Arrays.fill(all, given[0]);
    return all;
  }

  static String text(long[] padding) {
    return Arrays.stream(padding)
        .mapToObj(String::valueOf)
        .collect(Collectors.joining(", ", "(", ")"));
  }
}
