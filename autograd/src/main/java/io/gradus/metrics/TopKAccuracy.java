package io.gradus.metrics;

import io.gradus.Tensor;
import io.gradus.tensor.error.InvalidArgumentException;
import io.gradus.tensor.error.ShapeException;

/**
 * The share of targets [n] that are among the k highest of scores [n, classes].
 *
 * <p>Of equal scores the class with the lower number is first, and NaN is above all numbers.
 */
public final class TopKAccuracy implements Metric<Double> {
  private final int k;
  private long right;
  private long all;

  /**
   * Among the first {@code k}.
   *
   * @throws InvalidArgumentException for less than one
   */
  public TopKAccuracy(int k) {
    if (k < 1) {
      throw new InvalidArgumentException("[TopKAccuracy] k must be at least 1, but got " + k);
    }
    this.k = k;
  }

  @Override
  public void update(Tensor predictions, Tensor targets) {
    Labels.checkWhole("TopKAccuracy", targets);
    if (predictions.dim() != 2 || targets.dim() != 1 || predictions.size(0) != targets.size(0)) {
      throw Labels.mismatch("TopKAccuracy", predictions, targets);
    }
    int classes = (int) predictions.size(1);
    if (k > classes) {
      throw new ShapeException(
          "[TopKAccuracy] selected index k out of range: k = %d, but scores of shape %s have %d classes"
              .formatted(k, predictions.shape(), classes));
    }
    long[] actual = Labels.longs(targets);
    Labels.checkRange("TopKAccuracy", "target", actual, classes);
    double[] scores = Labels.doubles(predictions);
    for (int i = 0; i < actual.length; i++) {
      right += rank(scores, i * classes, classes, (int) actual[i]) < k ? 1 : 0;
    }
    all += actual.length;
  }

  /** The number of classes before one. */
  private static int rank(double[] scores, int from, int classes, int label) {
    double own = scores[from + label];
    int before = 0;
    for (int c = 0; c < classes; c++) {
      int order = Double.compare(scores[from + c] + 0.0, own + 0.0);
      before += order > 0 || order == 0 && c < label ? 1 : 0;
    }
    return before;
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
