package io.gradus.data;

import io.gradus.random.Generator;
import io.gradus.tensor.error.TensorIndexException;
import java.util.List;
import java.util.function.BiFunction;

/** Several sets one after another. */
final class ConcatDataset<T> implements Dataset<T> {
  private final List<Dataset<T>> sets;
  private final long size;

  ConcatDataset(List<Dataset<T>> sets) {
    this.sets = List.copyOf(sets);
    this.size = sets.stream().mapToLong(Dataset::size).sum();
  }

  @Override
  public T get(long index) {
    return at(index, Dataset::get);
  }

  @Override
  public T get(long index, Generator random) {
    return at(index, (set, i) -> set.get(i, random));
  }

  @Override
  public boolean isRandom() {
    return sets.stream().anyMatch(Dataset::isRandom);
  }

  private T at(long index, BiFunction<Dataset<T>, Long, T> getter) {
    long rest = index;
    if (index >= 0) {
      for (Dataset<T> set : sets) {
        if (rest < set.size()) {
          return getter.apply(set, rest);
        }
        rest -= set.size();
      }
    }
    throw new TensorIndexException(
        "[ConcatDataset] index %d is out of bounds for %d samples".formatted(index, size));
  }

  @Override
  public long size() {
    return size;
  }
}
