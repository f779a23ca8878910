package io.gradus.benchmarks.table;

/** What came of a row of a library. */
public sealed interface Outcome {
  /**
   * A figure.
   *
   * @param value microseconds a call (megabytes for the row of resident memory; under load, how
   *     many times more it takes)
   * @param error of it, 99.9 %; NaN if unknown
   * @param bytes allocated on the heap a call; NaN if unknown
   */
  record Measured(double value, double error, double bytes) implements Outcome {}

  /** The library has no such operation. */
  record Absent() implements Outcome {}

  /** It has, but it could not be run here. */
  record NotRun(String reason) implements Outcome {}
}
