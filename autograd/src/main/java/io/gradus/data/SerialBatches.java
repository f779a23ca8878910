package io.gradus.data;

import java.util.NoSuchElementException;
import java.util.concurrent.CancellationException;
import org.jspecify.annotations.Nullable;

/** Loads each batch when it is asked for. */
final class SerialBatches<B> implements Pass<B> {
  private final DataLoader<?, B> loader;
  private final Batches<B> batches;
  private int next;
  private @Nullable B ready;
  private volatile boolean closed;

  SerialBatches(DataLoader<?, B> loader, Batches<B> batches, int first) {
    this.loader = loader;
    this.batches = batches;
    this.next = first;
  }

  @Override
  public boolean hasNext() {
    if (closed || batches.count() != Batches.UNKNOWN) {
      return !closed && next < batches.count();
    }
    if (ready == null) {
      ready = load();
    }
    return ready != null;
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
    B batch = ready == null ? load() : ready;
    ready = null;
    if (batch == null) {
      throw new NoSuchElementException();
    }
    return batch;
  }

  private @Nullable B load() {
    try (LoaderWait _ = LoaderWait.begin(next, 0, false)) {
      return batches.make(next++);
    }
  }

  @Override
  public void close() {
    closed = true;
    batches.close();
  }
}
