package io.gradus.metrics;

import io.gradus.Tensor;

/** The mean of the squared differences of all elements. */
public final class MeanSquaredError implements Metric<Double> {
  private double total;
  private long count;

  /** Nothing counted yet. */
  public MeanSquaredError() {}

  @Override
  public void update(Tensor predictions, Tensor targets) {
    Labels.checkSame("MeanSquaredError", predictions, targets);
    double[] p = Labels.doubles(predictions);
    double[] t = Labels.doubles(targets);
    for (int i = 0; i < p.length; i++) {
      total += (p[i] - t[i]) * (p[i] - t[i]);
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
