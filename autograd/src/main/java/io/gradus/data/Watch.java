package io.gradus.data;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;

/** Closes a stream from which nothing has come for too long, so that its reader is freed. */
final class Watch implements Closeable {
  private final InputStream stream;
  private final long patience;
  private final Thread thread;
  private volatile long last = System.nanoTime();
  private volatile boolean over;

  private Watch(InputStream stream, Duration patience) {
    this.stream = stream;
    this.patience = patience.toNanos();
    this.thread = Thread.ofVirtual().name("gradus-download-watch").unstarted(this::watch);
  }

  /** Watches until it is closed. */
  static Watch over(InputStream stream, Duration patience) {
    Watch watch = new Watch(stream, patience);
    watch.thread.start();
    return watch;
  }

  private void watch() {
    try {
      for (long left = patience; left > 0; left = patience - (System.nanoTime() - last)) {
        Thread.sleep(Duration.ofNanos(left));
      }
      over = true;
      stream.close();
    } catch (InterruptedException e) {
      // It was closed.
    } catch (IOException e) {
      System.getLogger(Watch.class.getName())
          .log(System.Logger.Level.DEBUG, "a stalled stream cannot be closed", e);
    }
  }

  /** Something came. */
  void alive() {
    last = System.nanoTime();
  }

  /** Whether the stream was closed. */
  boolean isOver() {
    return over;
  }

  @Override
  public void close() {
    thread.interrupt();
  }
}
