package io.gradus.benchmarks;

import java.util.List;

/**
 * How long to measure a row.
 *
 * @param warmUps iterations that do not count
 * @param warmUpMillis the length of each
 * @param iterations that count
 * @param millis the length of each
 */
public record Effort(int warmUps, int warmUpMillis, int iterations, int millis) {
  /**
   * What figures to publish come from. Java code needs seconds to be compiled; code that was
   * compiled beforehand does not.
   */
  public static Effort full(Library library) {
    return library == Library.GRADUS ? new Effort(9, 1000, 24, 150) : new Effort(1, 500, 24, 150);
  }

  /** A look, within five minutes for all rows. */
  public static Effort quick(Library library) {
    return library == Library.GRADUS ? new Effort(3, 400, 1, 150) : new Effort(1, 120, 1, 150);
  }

  /** Whether everything runs: the figures mean nothing. */
  public static Effort smoke() {
    return new Effort(1, 10, 1, 10);
  }

  /** The same with no more than so many iterations that count. */
  public Effort atMost(int most) {
    return new Effort(warmUps, warmUpMillis, Math.min(iterations, most), millis);
  }

  List<String> arguments() {
    return List.of("" + warmUps, "" + warmUpMillis, "" + iterations, "" + millis);
  }

  static Effort parse(List<String> arguments) {
    int[] n = arguments.stream().mapToInt(Integer::parseInt).toArray();
    return new Effort(n[0], n[1], n[2], n[3]);
  }
}
