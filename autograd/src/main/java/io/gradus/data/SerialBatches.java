package io.gradus.data;

import java.util.Iterator;
import java.util.NoSuchElementException;

/** Loads each batch when it is asked for. */
final class SerialBatches<T, B> implements Iterator<B> {
  private final DataLoader<T, B> loader;
  private final long[] order;
  private int next;

  SerialBatches(DataLoader<T, B> loader, long[] order, int first) {
    this.loader = loader;
    this.order = order;
    this.next = first;
  }

  @Override
  public boolean hasNext() {
    return next < loader.batches(order);
  }

  @Override
  public B next() {
    loader.checkOpen();
    if (!hasNext()) {
      throw new NoSuchElementException();
    }
    try (LoaderWait _ = LoaderWait.begin(next, 0, false)) {
      return loader.load(order, next++);
    }
  }
}
