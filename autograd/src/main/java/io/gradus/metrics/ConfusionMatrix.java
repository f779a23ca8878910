package io.gradus.metrics;

import io.gradus.Tensor;
import io.gradus.tensor.error.InvalidArgumentException;
import java.util.Arrays;

/** How often a class (row) was taken for another one (column): {@code i64} [classes, classes]. */
public final class ConfusionMatrix implements Metric<Tensor> {
  private final String metric;
  private final int classes;
  private final long[] counts;

  /**
   * Of classes 0 to {@code classes - 1}.
   *
   * @throws InvalidArgumentException for less than one class
   */
  public ConfusionMatrix(int classes) {
    this("ConfusionMatrix", classes);
  }

  ConfusionMatrix(String metric, int classes) {
    if (classes < 1) {
      throw new InvalidArgumentException(
          "[%s] needs at least 1 class, but got %d".formatted(metric, classes));
    }
    this.metric = metric;
    this.classes = classes;
    counts = new long[Math.multiplyExact(classes, classes)];
  }

  @Override
  public void update(Tensor predictions, Tensor targets) {
    Labels labels = Labels.of(metric, predictions, targets);
    Labels.checkRange(metric, "target", labels.actual(), classes);
    Labels.checkRange(metric, "prediction", labels.predicted(), classes);
    for (int i = 0; i < labels.size(); i++) {
      counts[(int) labels.actual()[i] * classes + (int) labels.predicted()[i]]++;
    }
  }

  @Override
  public Tensor compute() {
    return Tensor.tensor(counts.clone()).view(classes, classes);
  }

  @Override
  public void reset() {
    Arrays.fill(counts, 0);
  }

  int classes() {
    return classes;
  }

  /** The rightly found samples of a class. */
  long hits(int label) {
    return counts[label * classes + label];
  }

  /** The samples of a class. */
  long actual(int label) {
    long n = 0;
    for (int c = 0; c < classes; c++) {
      n += counts[label * classes + c];
    }
    return n;
  }

  /** The samples that were taken for a class. */
  long predicted(int label) {
    long n = 0;
    for (int c = 0; c < classes; c++) {
      n += counts[c * classes + label];
    }
    return n;
  }
}
