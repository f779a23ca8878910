package io.gradus.data;

import io.gradus.tensor.error.TensorException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Batches of samples that come one after another: read in turn, joined at the same time. */
final class StreamedBatches<T, B> implements Batches<B> {
  private final StreamSource<T, B> source;
  private final Iterator<T> samples;
  private long taken;
  private int turn;
  private boolean reading;
  private boolean ended;

  /** The batches after the first ones, whose samples are read and dropped. */
  StreamedBatches(StreamSource<T, B> source, int first) {
    this.source = source;
    samples = source.stream().samples();
    turn = first;
    try {
      long skipped = (long) first * source.batchSize();
      while (taken < skipped && hasNext()) {
        next();
      }
    } catch (LoadException e) {
      close();
      throw e;
    }
  }

  @Override
  public int count() {
    return UNKNOWN;
  }

  @Override
  public synchronized void await(int batch) throws InterruptedException {
    while (turn != batch && !ended) {
      wait();
    }
  }

  @Override
  public @Nullable B make(int batch) {
    List<T> some = take();
    boolean whole = some.size() == source.batchSize();
    return some.isEmpty() || (source.dropLast() && !whole) ? null : source.collate().apply(some);
  }

  /** The samples of the next batch, fewer at the end. */
  private List<T> take() {
    synchronized (this) {
      if (ended) {
        return List.of();
      }
      reading = true;
    }
    List<T> batch = new ArrayList<>();
    boolean more = false;
    try {
      while (batch.size() < source.batchSize() && hasNext()) {
        batch.add(next());
      }
      more = batch.size() == source.batchSize();
      return batch;
    } finally {
      taken(more);
    }
  }

  private boolean hasNext() {
    try {
      return samples.hasNext();
    } catch (Exception e) {
      throw new LoadException(taken, e);
    }
  }

  private T next() {
    try {
      T sample = samples.next();
      taken++;
      return sample;
    } catch (Exception e) {
      throw new LoadException(taken, e);
    }
  }

  /** Gives the turn to the next batch. */
  private synchronized void taken(boolean more) {
    reading = false;
    turn++;
    if (!more || ended) {
      ended = true;
      end();
    }
    notifyAll();
  }

  @Override
  public synchronized void close() {
    if (!ended) {
      ended = true;
      notifyAll();
      // Who is reading ends it: an iterator is for one thread.
      if (!reading) {
        end();
      }
    }
  }

  private void end() {
    if (samples instanceof AutoCloseable open) {
      try {
        open.close();
      } catch (Exception e) {
        throw new TensorException("[DataLoader] the stream could not be closed: " + e, e);
      }
    }
  }
}
