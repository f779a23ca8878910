package io.gradus.metrics;

import io.gradus.Tensor;

/** The share of right classes; scores [n, classes, …] or classes against classes [n, …]. */
public final class Accuracy implements Metric<Double> {
  private long right;
  private long all;

  /** Nothing counted yet. */
  public Accuracy() {}

  @Override
  public void update(Tensor predictions, Tensor targets) {
    Labels labels = Labels.of("Accuracy", predictions, targets);
    for (int i = 0; i < labels.size(); i++) {
      right += labels.predicted()[i] == labels.actual()[i] ? 1 : 0;
    }
    all += labels.size();
  }

  @Override
  public Double compute() {
    return (double) right / all;
  }

  @Override
  public void reset() {
    right = 0;
    all = 0;
  }
}
