package io.gradus.data;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Objects;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * Loads batches ahead on virtual threads and hands them out in order.
 *
 * <p>Only a fixed number is under way or waiting, so a slow reader is not flooded. A pass that is
 * left early holds nothing but the batches it has prepared; its threads end with them.
 */
final class PrefetchedBatches<B> implements Pass<B> {
  private final DataLoader<?, B> loader;
  private final Batches<B> batches;
  private final int workers;
  private final int ahead;
  private final @Nullable Duration timeout;
  private final Semaphore running;
  private final ArrayDeque<Loading<B>> queue = new ArrayDeque<>();
  private int submitted;
  private boolean closed;

  /** A batch that is being loaded, or is there; null beyond the end. */
  private record Loading<B>(int index, CompletableFuture<@Nullable B> batch, Thread thread) {}

  PrefetchedBatches(
      DataLoader<?, B> loader,
      Batches<B> batches,
      int first,
      int workers,
      int ahead,
      @Nullable Duration timeout) {
    this.loader = loader;
    this.batches = batches;
    this.workers = workers;
    this.ahead = ahead;
    this.timeout = timeout;
    this.submitted = first;
    this.running = new Semaphore(workers);
    fill();
  }

  private synchronized void fill() {
    while (!closed && submitted < batches.count() && queue.size() < ahead) {
      int i = submitted++;
      CompletableFuture<@Nullable B> batch = new CompletableFuture<>();
      Thread thread = Thread.ofVirtual().name("gradus-loader").unstarted(() -> run(batch, i));
      queue.add(new Loading<>(i, batch, thread));
      thread.start();
    }
  }

  private void run(CompletableFuture<@Nullable B> batch, int i) {
    try {
      batches.await(i);
      running.acquire();
    } catch (InterruptedException e) {
      batch.cancel(false);
      return;
    }
    try {
      if (loader.isClosed()) {
        batches.close();
      }
      loader.checkOpen();
      batch.complete(batches.make(i));
    } catch (Throwable e) { // whatever it is, somebody waits for it
      batch.completeExceptionally(e);
    } finally {
      running.release();
    }
  }

  @Override
  public boolean hasNext() {
    Loading<B> first = queued();
    if (first == null || batches.count() != Batches.UNKNOWN) {
      return first != null;
    }
    if (waitFor(first) == null) {
      end();
      return false;
    }
    return true;
  }

  @Override
  public B next() {
    loader.checkOpen();
    Loading<B> first = queued();
    if (first == null) {
      throw isClosed()
          ? new CancellationException("[next] the pass is closed; begin another one")
          : new NoSuchElementException();
    }
    B batch = waitFor(first);
    if (batch == null) {
      end();
      throw new NoSuchElementException();
    }
    synchronized (this) {
      queue.poll();
    }
    fill();
    return batch;
  }

  private synchronized @Nullable Loading<B> queued() {
    return queue.peek();
  }

  private synchronized boolean isClosed() {
    return closed;
  }

  /** What comes of a batch; where that is an error, the pass is closed. */
  private @Nullable B waitFor(Loading<B> loading) {
    try (LoaderWait _ = LoaderWait.begin(loading.index, workers, loading.batch.isDone())) {
      return waitFor(loading.batch);
    } catch (ExecutionException e) {
      close();
      switch (Objects.requireNonNull(e.getCause())) {
        case RuntimeException cause -> throw cause;
        case Error cause -> throw cause;
        case Throwable cause -> throw new CompletionException(cause);
      }
    } catch (TimeoutException e) {
      close();
      throw new LoadTimeoutException(loading.index, Objects.requireNonNull(timeout));
    }
  }

  /** Goes on waiting when it is interrupted: who reads decides what that means. */
  private @Nullable B waitFor(CompletableFuture<@Nullable B> batch)
      throws ExecutionException, TimeoutException {
    long most = timeout == null ? Long.MAX_VALUE : TimeUnit.NANOSECONDS.convert(timeout);
    long begin = System.nanoTime();
    boolean interrupted = false;
    try {
      while (true) {
        try {
          return batch.get(most - (System.nanoTime() - begin), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
          interrupted = true;
        }
      }
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  @Override
  public void close() {
    synchronized (this) {
      closed = true;
    }
    end();
  }

  /** Gives up what has not been handed out. */
  private void end() {
    List<Loading<B>> left;
    synchronized (this) {
      submitted = batches.count();
      left = new ArrayList<>(queue);
      queue.clear();
    }
    for (Loading<B> loading : left) {
      loading.batch.cancel(false);
      loading.thread.interrupt();
    }
    batches.close();
  }
}
