package io.gradus.data;

import java.util.Iterator;

/**
 * Samples one after another, for what has no index: a log, a table larger than memory, a socket.
 *
 * <p>A loader takes them in their order, one pass an iterator. An iterator that is {@link
 * AutoCloseable} is closed at the end of its pass, and when the pass is closed before.
 *
 * @param <T> one sample
 */
@FunctionalInterface
public interface IterableDataset<T> {
  /** One pass; a loader takes samples from it in one thread at a time. */
  Iterator<T> samples();
}
