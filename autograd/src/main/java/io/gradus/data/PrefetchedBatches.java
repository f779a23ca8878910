package io.gradus.data;

import io.gradus.tensor.error.TensorException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Semaphore;

/**
 * Loads batches ahead on virtual threads and hands them out in order.
 *
 * <p>Only a fixed number is under way or waiting, so a slow reader is not flooded. A pass that is
 * left early holds nothing but the batches it has prepared; its threads end with them.
 */
final class PrefetchedBatches<T, B> implements Pass<B> {
  private final DataLoader<T, B> loader;
  private final PassOrder order;
  private final int batches;
  private final int workers;
  private final int ahead;
  private final Semaphore running;
  private final ArrayDeque<Loading<B>> queue = new ArrayDeque<>();
  private int submitted;
  private boolean closed;

  /** A batch that is being loaded, or is there. */
  private record Loading<B>(int index, CompletableFuture<B> batch, Thread thread) {}

  PrefetchedBatches(DataLoader<T, B> loader, PassOrder order, int first, int workers, int ahead) {
    this.loader = loader;
    this.order = order;
    this.batches = loader.batches(order);
    this.workers = workers;
    this.ahead = ahead;
    this.submitted = first;
    this.running = new Semaphore(workers);
    fill();
  }

  private synchronized void fill() {
    while (!closed && submitted < batches && queue.size() < ahead) {
      int i = submitted++;
      CompletableFuture<B> batch = new CompletableFuture<>();
      Thread thread = Thread.ofVirtual().name("gradus-loader").unstarted(() -> run(batch, i));
      queue.add(new Loading<>(i, batch, thread));
      thread.start();
    }
  }

  private void run(CompletableFuture<B> batch, int i) {
    try {
      running.acquire();
    } catch (InterruptedException e) {
      batch.cancel(false);
      return;
    }
    try {
      loader.checkOpen();
      batch.complete(loader.load(order, i));
    } catch (RuntimeException | Error e) {
      batch.completeExceptionally(e);
    } finally {
      running.release();
    }
  }

  @Override
  public synchronized boolean hasNext() {
    return !queue.isEmpty();
  }

  @Override
  public B next() {
    loader.checkOpen();
    Loading<B> first = first();
    try {
      B batch;
      try (LoaderWait _ = LoaderWait.begin(first.index, workers, first.batch.isDone())) {
        batch = first.batch.join();
      }
      synchronized (this) {
        queue.poll();
      }
      fill();
      return batch;
    } catch (CompletionException e) {
      close();
      if (e.getCause() instanceof TensorException cause) {
        throw cause;
      }
      throw e;
    }
  }

  private synchronized Loading<B> first() {
    if (closed) {
      throw new CancellationException("[next] the pass is closed; begin another one");
    }
    Loading<B> first = queue.peek();
    if (first == null) {
      throw new NoSuchElementException();
    }
    return first;
  }

  @Override
  public void close() {
    List<Loading<B>> left;
    synchronized (this) {
      closed = true;
      left = new ArrayList<>(queue);
      queue.clear();
    }
    for (Loading<B> loading : left) {
      loading.batch.cancel(false);
      loading.thread.interrupt();
    }
  }
}
