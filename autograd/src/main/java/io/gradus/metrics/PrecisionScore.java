package io.gradus.metrics;

/** Of the samples taken for a class, the share that belong to it; 0 if none was taken for it. */
public final class PrecisionScore extends ClassScore {
  /** Of classes 0 to {@code classes - 1}. */
  public PrecisionScore(int classes, Average average) {
    super("PrecisionScore", classes, average);
  }

  @Override
  double score(long hits, long actual, long predicted) {
    return ratio(hits, predicted);
  }
}
