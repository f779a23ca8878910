package io.gradus.data;

import java.util.NoSuchElementException;
import java.util.concurrent.CancellationException;

/** Loads each batch when it is asked for. */
final class SerialBatches<T, B> implements Pass<B> {
  private final DataLoader<T, B> loader;
  private final PassOrder order;
  private int next;
  private volatile boolean closed;

  SerialBatches(DataLoader<T, B> loader, PassOrder order, int first) {
    this.loader = loader;
    this.order = order;
    this.next = first;
  }

  @Override
  public boolean hasNext() {
    return !closed && next < loader.batches(order);
  }

  @Override
  public B next() {
    loader.checkOpen();
    if (closed) {
      throw new CancellationException("[next] the pass is closed; begin another one");
    }
    if (!hasNext()) {
      throw new NoSuchElementException();
    }
    try (LoaderWait _ = LoaderWait.begin(next, 0, false)) {
      return loader.load(order, next++);
    }
  }

  @Override
  public void close() {
    closed = true;
  }
}
