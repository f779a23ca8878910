package io.gradus.data;

import io.gradus.tensor.error.TensorException;
import java.util.ArrayDeque;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Semaphore;

/**
 * Loads batches ahead on virtual threads and hands them out in order.
 *
 * <p>Only a fixed number is under way or waiting, so a slow reader is not flooded. A pass that is
 * left early holds nothing but the batches it has prepared; its threads end with them.
 */
final class PrefetchedBatches<T, B> implements Iterator<B> {
  private final DataLoader<T, B> loader;
  private final long[] order;
  private final int batches;
  private final int workers;
  private final int ahead;
  private final Semaphore running;
  private final ArrayDeque<CompletableFuture<B>> queue = new ArrayDeque<>();
  private int submitted;

  PrefetchedBatches(DataLoader<T, B> loader, long[] order, int first, int workers, int ahead) {
    this.loader = loader;
    this.order = order;
    this.batches = loader.batches(order);
    this.workers = workers;
    this.ahead = ahead;
    this.submitted = first;
    this.running = new Semaphore(workers);
    fill();
  }

  private void fill() {
    while (submitted < batches && queue.size() < ahead) {
      int i = submitted++;
      CompletableFuture<B> batch = new CompletableFuture<>();
      queue.add(batch);
      Thread.ofVirtual().name("gradus-loader").start(() -> run(batch, i));
    }
  }

  private void run(CompletableFuture<B> batch, int i) {
    running.acquireUninterruptibly();
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
  public boolean hasNext() {
    return !queue.isEmpty();
  }

  @Override
  public B next() {
    loader.checkOpen();
    CompletableFuture<B> first = queue.poll();
    if (first == null) {
      throw new NoSuchElementException();
    }
    int index = submitted - queue.size() - 1;
    try {
      B batch;
      try (LoaderWait _ = LoaderWait.begin(index, workers, first.isDone())) {
        batch = first.join();
      }
      fill();
      return batch;
    } catch (CompletionException e) {
      queue.clear();
      submitted = batches;
      if (e.getCause() instanceof TensorException cause) {
        throw cause;
      }
      throw e;
    }
  }
}
