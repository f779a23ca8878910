package io.gradus.data;

import io.gradus.tensor.error.TensorIndexException;
import java.util.List;

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
    long rest = index;
    if (index >= 0) {
      for (Dataset<T> set : sets) {
        if (rest < set.size()) {
          return set.get(rest);
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
