package io.gradus.metrics;

import io.gradus.Tensor;
import io.gradus.tensor.error.NumericalException;
import java.util.Arrays;

/**
 * The area under the receiver operating characteristic: the probability that a sample of class 1
 * scores above one of class 0, equal scores counting half.
 *
 * <p>Scores and targets (0 or 1) have the same shape. It is the statistic of H. Mann and D.
 * Whitney, "On a test of whether one of two random variables is stochastically larger than the
 * other", 1947. All scores are kept until the reset: 9 bytes a sample. NaN while one of the classes
 * is missing.
 */
public final class AUROC implements Metric<Double> {
  private double[] scores = new double[64];
  private boolean[] positive = new boolean[64];
  private int size;

  /** Nothing counted yet. */
  public AUROC() {}

  @Override
  public void update(Tensor predictions, Tensor targets) {
    Labels.checkWhole("AUROC", targets);
    Labels.checkSame("AUROC", predictions, targets);
    long[] actual = Labels.longs(targets);
    Labels.checkRange("AUROC", "target", actual, 2);
    double[] added = Labels.doubles(predictions);
    for (double score : added) {
      if (Double.isNaN(score)) {
        throw new NumericalException("[AUROC] a score is NaN: it has no rank");
      }
    }
    int needed = Math.addExact(size, added.length);
    if (needed > scores.length) {
      int capacity = (int) Math.min(Integer.MAX_VALUE - 8L, Math.max(needed, 2L * scores.length));
      scores = Arrays.copyOf(scores, capacity);
      positive = Arrays.copyOf(positive, capacity);
    }
    for (int i = 0; i < added.length; i++) {
      scores[size + i] = added[i] + 0.0;
      positive[size + i] = actual[i] == 1;
    }
    size = needed;
  }

  @Override
  public Double compute() {
    long positives = 0;
    for (int i = 0; i < size; i++) {
      positives += positive[i] ? 1 : 0;
    }
    double[] high = new double[(int) positives];
    double[] low = new double[(int) (size - positives)];
    int h = 0;
    int l = 0;
    for (int i = 0; i < size; i++) {
      if (positive[i]) {
        high[h++] = scores[i];
      } else {
        low[l++] = scores[i];
      }
    }
    Arrays.sort(high);
    Arrays.sort(low);
    double wins = 0;
    int below = 0;
    int notAbove = 0;
    for (double score : high) {
      while (below < low.length && low[below] < score) {
        below++;
      }
      while (notAbove < low.length && low[notAbove] <= score) {
        notAbove++;
      }
      wins += (below + notAbove) / 2.0;
    }
    return wins / ((double) high.length * low.length);
  }

  @Override
  public void reset() {
    size = 0;
  }
}
