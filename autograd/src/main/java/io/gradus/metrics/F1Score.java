package io.gradus.metrics;

/** The harmonic mean of precision and recall. */
public final class F1Score extends ClassScore {
  /** Of classes 0 to {@code classes - 1}. */
  public F1Score(int classes, Average average) {
    super("F1Score", classes, average);
  }

  @Override
  double score(long hits, long actual, long predicted) {
    return ratio(2.0 * hits, actual + predicted);
  }
}
