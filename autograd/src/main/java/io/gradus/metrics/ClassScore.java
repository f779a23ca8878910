package io.gradus.metrics;

import io.gradus.Tensor;

/** A measure of every class from hits, samples and guesses, and their average. */
abstract sealed class ClassScore implements Metric<Double>
    permits PrecisionScore, RecallScore, F1Score {
  private final ConfusionMatrix counts;
  private final Average average;

  ClassScore(String metric, int classes, Average average) {
    counts = new ConfusionMatrix(metric, classes);
    this.average = average;
  }

  /** The measure; called with a sum of actual and predicted that is not 0. */
  abstract double score(long hits, long actual, long predicted);

  /** A quotient, 0 for 0 / 0. */
  static double ratio(double numerator, double denominator) {
    return denominator == 0 ? 0 : numerator / denominator;
  }

  @Override
  public final void update(Tensor predictions, Tensor targets) {
    counts.update(predictions, targets);
  }

  /** The measure of each class; NaN for one that occurred neither in predictions nor in targets. */
  public final double[] perClass() {
    double[] scores = new double[counts.classes()];
    for (int c = 0; c < scores.length; c++) {
      long actual = counts.actual(c);
      long predicted = counts.predicted(c);
      scores[c] = actual + predicted == 0 ? Double.NaN : score(counts.hits(c), actual, predicted);
    }
    return scores;
  }

  @Override
  public final Double compute() {
    double[] scores = perClass();
    double total = 0;
    double weights = 0;
    long hits = 0;
    long actual = 0;
    long predicted = 0;
    for (int c = 0; c < scores.length; c++) {
      hits += counts.hits(c);
      actual += counts.actual(c);
      predicted += counts.predicted(c);
      if (!Double.isNaN(scores[c])) {
        double weight = average == Average.WEIGHTED ? counts.actual(c) : 1;
        total += weight * scores[c];
        weights += weight;
      }
    }
    if (actual == 0) {
      return Double.NaN;
    }
    return switch (average) {
      case MICRO -> score(hits, actual, predicted);
      case MACRO, WEIGHTED -> total / weights;
    };
  }

  @Override
  public final void reset() {
    counts.reset();
  }
}
