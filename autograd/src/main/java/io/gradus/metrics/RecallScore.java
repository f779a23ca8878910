package io.gradus.metrics;

/** Of the samples of a class, the share that were found; 0 if there is none. */
public final class RecallScore extends ClassScore {
  /** Of classes 0 to {@code classes - 1}. */
  public RecallScore(int classes, Average average) {
    super("RecallScore", classes, average);
  }

  @Override
  double score(long hits, long actual, long predicted) {
    return ratio(hits, actual);
  }
}
