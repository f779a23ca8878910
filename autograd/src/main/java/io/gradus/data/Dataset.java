package io.gradus.data;

import io.gradus.tensor.error.InvalidArgumentException;
import java.util.ArrayList;
import java.util.List;

/**
 * Samples by index.
 *
 * @param <T> one sample
 */
public interface Dataset<T> {
  /**
   * Sample {@code index}, from 0; called from several threads at once when a loader has workers.
   */
  T get(long index);

  /** The number of samples. */
  long size();

  /** Some of the samples, in this order. */
  default Dataset<T> subset(long... indices) {
    return new Subset<>(this, indices);
  }

  /** All samples of several sets, one set after another. */
  @SafeVarargs
  static <T> Dataset<T> concat(Dataset<T>... sets) {
    List<Dataset<T>> all = new ArrayList<>(List.of(sets));
    if (all.isEmpty()) {
      throw new InvalidArgumentException("[concat] datasets should not be an empty iterable");
    }
    return new ConcatDataset<>(all);
  }
}
