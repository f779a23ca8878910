package io.gradus.data;

import java.util.ArrayList;
import java.util.List;

/** Batches of samples that are found by their indices, in any order. */
final class IndexedBatches<T, B> implements Batches<B> {
  private final IndexedSource<T, B> source;
  private final PassOrder order;

  IndexedBatches(IndexedSource<T, B> source, PassOrder order) {
    this.source = source;
    this.order = order;
  }

  @Override
  public int count() {
    return order.size();
  }

  @Override
  public void await(int batch) {}

  @Override
  @SuppressWarnings("unchecked")
  public B make(int batch) {
    long[] indices = order.batch(batch);
    if (source.plain() && source.dataset() instanceof BatchSource<?> all && all.canBatch()) {
      return (B) all.batch(indices);
    }
    List<T> samples = new ArrayList<>(indices.length);
    for (int i = 0; i < indices.length; i++) {
      samples.add(sample(batch, i, indices[i]));
    }
    return source.collate().apply(samples);
  }

  private T sample(int batch, int place, long index) {
    Dataset<T> dataset = source.dataset();
    try {
      return dataset.isRandom()
          ? dataset.get(index, order.random(batch, place))
          : dataset.get(index);
    } catch (Exception e) { // checked ones too, which Kotlin throws as well
      throw new LoadException(index, e);
    }
  }

  @Override
  public void close() {}
}
