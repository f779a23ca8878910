package io.gradus.metrics;

import io.gradus.Tensor;

/** The mean of the absolute differences of all elements. */
public final class MeanAbsoluteError implements Metric<Double> {
  private double total;
  private long count;

  /** Nothing counted yet. */
  public MeanAbsoluteError() {}

  @Override
  public void update(Tensor predictions, Tensor targets) {
    Labels.checkSame("MeanAbsoluteError", predictions, targets);
    double[] p = Labels.doubles(predictions);
    double[] t = Labels.doubles(targets);
    for (int i = 0; i < p.length; i++) {
      total += Math.abs(p[i] - t[i]);
    }
    count += p.length;
  }

  @Override
  public Double compute() {
    return total / count;
  }

  @Override
  public void reset() {
    total = 0;
    count = 0;
  }
}
