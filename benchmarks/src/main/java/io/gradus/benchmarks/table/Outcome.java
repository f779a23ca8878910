package io.gradus.benchmarks.table;

/** What came of a row of a library. */
public sealed interface Outcome {
  /**
   * A figure.
   *
   * <p>Of what processes do from their start, the median and the best of several processes.
   *
   * @param value microseconds a call, the mean of the middle half of the iterations (megabytes for
   *     the row of resident memory; under load, how many times more a call takes)
   * @param best of the iterations; NaN if unknown
   * @param bytes allocated on the heap a call; NaN if unknown
   */
  record Measured(double value, double best, double bytes) implements Outcome {}

  /** The library has no such operation. */
  record Absent() implements Outcome {}

  /** It has, but it could not be run here. */
  record NotRun(String reason) implements Outcome {}
}
