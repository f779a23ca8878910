package io.gradus.data;

import io.gradus.random.Generator;
import io.gradus.tensor.error.InvalidArgumentException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiFunction;

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

  /**
   * Sample {@code index} made with random numbers: a loader gives each sample of a pass a generator
   * of its own, so they do not depend on the order in which samples are made. {@link #get(long)} if
   * the set draws none.
   */
  default T get(long index, Generator random) {
    return get(index);
  }

  /** Whether {@link #get(long, Generator)} draws random numbers. */
  default boolean isRandom() {
    return false;
  }

  /** The number of samples. */
  long size();

  /** Some of the samples, in this order. */
  default Dataset<T> subset(long... indices) {
    return new Subset<>(this, indices);
  }

  /**
   * The samples changed by a function, each time one is asked for, such as {@code
   * set.map(Transform.of(new RandomCrop(28, 28, 2)).on(0))}. The function takes its random numbers
   * from the generator that it is given; it is called from several threads at once when a loader
   * has workers.
   */
  default <R> Dataset<R> map(BiFunction<? super T, ? super Generator, ? extends R> change) {
    return new MappedDataset<>(this, change);
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
