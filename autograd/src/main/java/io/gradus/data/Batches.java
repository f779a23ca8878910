package io.gradus.data;

import org.jspecify.annotations.Nullable;

/**
 * Makes the batches of one pass, for several threads at once.
 *
 * @param <B> a batch
 */
interface Batches<B> {
  /** What {@link #count} says where the end is not known beforehand. */
  int UNKNOWN = Integer.MAX_VALUE;

  /** The number of batches of the pass. */
  int count();

  /** Returns when it is time to make a batch; not before those that must be begun first. */
  void await(int batch) throws InterruptedException;

  /** Makes a batch; null if the pass has ended before it. Each is asked for once. */
  @Nullable B make(int batch);

  /** Gives up what is open. */
  void close();
}
