package io.gradus.data;

import java.util.Iterator;

/**
 * One pass over a {@link DataLoader}.
 *
 * @param <B> a batch
 */
public interface Pass<B> extends Iterator<B>, AutoCloseable {
  /**
   * Gives up what is still being loaded: there is no further batch, and {@link #next} throws a
   * {@link java.util.concurrent.CancellationException}, at once where somebody waits in it. May be
   * called from any thread, and is not needed where a pass is taken to its end or just dropped.
   */
  @Override
  void close();
}
