package io.gradus.data;

import io.gradus.random.Generator;
import io.gradus.tensor.error.TensorIndexException;
import java.util.Arrays;
import java.util.List;

/** Some samples of another set, in an order of their own. */
public final class Subset<T> implements Dataset<T>, BatchSource<T> {
  private final Dataset<T> source;
  private final long[] indices;

  /**
   * The samples at these indices.
   *
   * @throws TensorIndexException for an index that the source does not have
   */
  public Subset(Dataset<T> source, long... indices) {
    for (long i : indices) {
      if (i < 0 || i >= source.size()) {
        throw new TensorIndexException(
            "[Subset] index %d is out of bounds for a data set of %d samples"
                .formatted(i, source.size()));
      }
    }
    this.source = source;
    this.indices = indices.clone();
  }

  @Override
  public T get(long index) {
    return source.get(at(index));
  }

  @Override
  public T get(long index, Generator random) {
    return source.get(at(index), random);
  }

  @Override
  public boolean isRandom() {
    return source.isRandom();
  }

  private long at(long index) {
    if (index < 0 || index >= indices.length) {
      throw new TensorIndexException(
          "[Subset] index %d is out of bounds for %d samples".formatted(index, indices.length));
    }
    return indices[(int) index];
  }

  @Override
  public long size() {
    return indices.length;
  }

  @Override
  public boolean canBatch() {
    return source instanceof BatchSource<?> b && b.canBatch();
  }

  @Override
  @SuppressWarnings("unchecked")
  public T batch(long[] at) {
    long[] mapped = new long[at.length];
    for (int i = 0; i < at.length; i++) {
      mapped[i] = at(at[i]);
    }
    return ((BatchSource<T>) source).batch(mapped);
  }

  /** The indices into the source. */
  public List<Long> indices() {
    return Arrays.stream(indices).boxed().toList();
  }
}
