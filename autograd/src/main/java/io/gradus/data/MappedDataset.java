package io.gradus.data;

import io.gradus.random.Generator;
import java.util.function.BiFunction;

/** Samples of another set, changed. */
final class MappedDataset<S, T> implements Dataset<T> {
  private final Dataset<S> source;
  private final BiFunction<? super S, ? super Generator, ? extends T> change;

  MappedDataset(Dataset<S> source, BiFunction<? super S, ? super Generator, ? extends T> change) {
    this.source = source;
    this.change = change;
  }

  /** With random numbers from the default generator. */
  @Override
  public T get(long index) {
    return get(index, Generator.defaultGenerator());
  }

  @Override
  public T get(long index, Generator random) {
    return change.apply(source.get(index, random), random);
  }

  @Override
  public boolean isRandom() {
    return true;
  }

  @Override
  public long size() {
    return source.size();
  }
}
