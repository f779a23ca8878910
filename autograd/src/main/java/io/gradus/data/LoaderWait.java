package io.gradus.data;

import io.gradus.profile.Region;

/** Somebody waits for a batch: told to flight recordings and profilers. */
final class LoaderWait implements AutoCloseable {
  private final LoaderWaitEvent event = new LoaderWaitEvent();
  private final Region region = Region.open("wait for batch", Region.Kind.DATA);
  private final long batch;
  private final int workers;
  private final boolean ready;

  private LoaderWait(long batch, int workers, boolean ready) {
    this.batch = batch;
    this.workers = workers;
    this.ready = ready;
    event.begin();
  }

  /** Begins a wait, which ends with {@link #close}. */
  static LoaderWait begin(long batch, int workers, boolean ready) {
    return new LoaderWait(batch, workers, ready);
  }

  @Override
  public void close() {
    event.end();
    region.close();
    if (event.shouldCommit()) {
      event.batch = batch;
      event.workers = workers;
      event.ready = ready;
      event.commit();
    }
  }
}
