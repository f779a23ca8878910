package io.gradus.benchmarks;

import java.util.List;

/**
 * How long to measure.
 *
 * @param forks processes a row; 0 for one process for many rows
 * @param warmUps iterations that do not count
 * @param warmUpMillis the length of each
 * @param iterations that count
 * @param millis the length of each
 */
public record Effort(int forks, int warmUps, int warmUpMillis, int iterations, int millis) {
  /**
   * What figures to publish come from. Java code needs a process a row and seconds to be compiled;
   * code that was compiled beforehand needs neither.
   */
  public static Effort full(Library library) {
    return library == Library.GRADUS
        ? new Effort(1, 9, 1000, 4, 400)
        : new Effort(0, 1, 500, 4, 250);
  }

  /** A look, within five minutes for all rows. */
  public static Effort quick(Library library) {
    return library == Library.GRADUS
        ? new Effort(1, 3, 500, 3, 120)
        : new Effort(0, 1, 150, 2, 120);
  }

  /** Whether everything runs: the figures mean nothing. */
  public static Effort smoke() {
    return new Effort(0, 1, 10, 1, 10);
  }

  List<String> arguments() {
    return List.of("" + forks, "" + warmUps, "" + warmUpMillis, "" + iterations, "" + millis);
  }

  static Effort parse(List<String> arguments) {
    int[] n = arguments.stream().mapToInt(Integer::parseInt).toArray();
    return new Effort(n[0], n[1], n[2], n[3], n[4]);
  }
}
