package io.gradus.metrics;

import io.gradus.Tensor;

/**
 * The coefficient of determination over all elements: 1 minus the squared differences over the
 * squared deviations of the targets from their mean.
 *
 * <p>Deviations are added up as in B. Welford, "Note on a method for calculating corrected sums of
 * squares and products", 1962, so that large means cost no digits. For targets that are all the
 * same it is 1 if all predictions are right, else 0, as in scikit-learn; NaN below two elements.
 */
public final class R2Score implements Metric<Double> {
  private double residual;
  private double mean;
  private double deviation;
  private long count;

  /** Nothing counted yet. */
  public R2Score() {}

  @Override
  public void update(Tensor predictions, Tensor targets) {
    Labels.checkSame("R2Score", predictions, targets);
    double[] p = Labels.doubles(predictions);
    double[] t = Labels.doubles(targets);
    for (int i = 0; i < p.length; i++) {
      residual += (p[i] - t[i]) * (p[i] - t[i]);
      count++;
      double away = t[i] - mean;
      mean += away / count;
      deviation += away * (t[i] - mean);
    }
  }

  @Override
  public Double compute() {
    if (count < 2) {
      return Double.NaN;
    }
    if (deviation == 0) {
      return residual == 0 ? 1.0 : 0.0;
    }
    return 1 - residual / deviation;
  }

  @Override
  public void reset() {
    residual = 0;
    mean = 0;
    deviation = 0;
    count = 0;
  }
}
