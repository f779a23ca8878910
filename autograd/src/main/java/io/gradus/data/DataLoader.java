package io.gradus.data;

import io.gradus.Tensor;
import io.gradus.random.Generator;
import io.gradus.tensor.error.InvalidArgumentException;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Batches of a data set, one pass an iteration.
 *
 * <pre>{@code
 * var loader = DataLoader.of(dataset, 32).shuffle(new Generator(1));
 * for (List<Tensor> batch : loader) { ... }
 * }</pre>
 *
 * @param <T> a sample
 * @param <B> a batch
 */
public final class DataLoader<T, B> implements Iterable<B>, AutoCloseable {
  private final Dataset<T> dataset;
  private final Collate<T, B> collate;
  private final boolean plain;
  private final int batchSize;
  private final boolean dropLast;
  private final Sampler sampler;
  private final int workers;
  private final int prefetch;
  private volatile boolean closed;

  private DataLoader(
      Dataset<T> dataset,
      Collate<T, B> collate,
      boolean plain,
      int batchSize,
      boolean dropLast,
      Sampler sampler,
      int workers,
      int prefetch) {
    if (batchSize < 1) {
      throw new InvalidArgumentException(
          "[DataLoader] batch_size should be a positive integer value, but got " + batchSize);
    }
    if (workers < 0 || prefetch < 1) {
      throw new InvalidArgumentException(
          "[DataLoader] workers must be at least 0 and prefetch at least 1, but got %d and %d"
              .formatted(workers, prefetch));
    }
    this.dataset = dataset;
    this.collate = collate;
    this.plain = plain;
    this.batchSize = batchSize;
    this.dropLast = dropLast;
    this.sampler = sampler;
    this.workers = workers;
    this.prefetch = prefetch;
  }

  /** Batches of tensors, in order, without workers. */
  public static DataLoader<List<Tensor>, List<Tensor>> of(
      Dataset<List<Tensor>> dataset, int batchSize) {
    return new DataLoader<>(
        dataset, Collate.stack(), true, batchSize, false, Sampler.sequential(), 0, 2);
  }

  /** Batches of anything. */
  public static <T, B> DataLoader<T, B> of(
      Dataset<T> dataset, int batchSize, Collate<T, B> collate) {
    return new DataLoader<>(dataset, collate, false, batchSize, false, Sampler.sequential(), 0, 2);
  }

  /** In an order drawn anew for each pass. */
  public DataLoader<T, B> shuffle(Generator generator) {
    return sampler(Sampler.random(generator));
  }

  /** In the order of a sampler. */
  public DataLoader<T, B> sampler(Sampler value) {
    return new DataLoader<>(dataset, collate, plain, batchSize, dropLast, value, workers, prefetch);
  }

  /** Without the last batch if it is smaller than the others. */
  public DataLoader<T, B> dropLast(boolean value) {
    return new DataLoader<>(dataset, collate, plain, batchSize, value, sampler, workers, prefetch);
  }

  /** With this many batches being prepared at the same time, on virtual threads; 0 for none. */
  public DataLoader<T, B> workers(int value) {
    return new DataLoader<>(dataset, collate, plain, batchSize, dropLast, sampler, value, prefetch);
  }

  /** With this many batches a worker prepared ahead. */
  public DataLoader<T, B> prefetch(int value) {
    return new DataLoader<>(dataset, collate, plain, batchSize, dropLast, sampler, workers, value);
  }

  /** The data set. */
  public Dataset<T> dataset() {
    return dataset;
  }

  /** The number of batches of a pass over all samples. */
  public long size() {
    long n = dataset.size();
    return dropLast ? n / batchSize : (n + batchSize - 1) / batchSize;
  }

  /**
   * One pass. The order is drawn now.
   *
   * @throws InvalidArgumentException after {@link #close}
   */
  @Override
  public Iterator<B> iterator() {
    return from(0);
  }

  /**
   * One pass without its first batches, which are not loaded: to go on in the middle of a pass. The
   * order is drawn now, as for a whole pass.
   *
   * @throws InvalidArgumentException for a negative number, and after {@link #close}
   */
  public Iterator<B> from(long batch) {
    checkOpen();
    if (batch < 0) {
      throw new InvalidArgumentException("[from] batch " + batch + " is negative");
    }
    long[] order = sampler.order(dataset.size());
    int first = (int) Math.min(batch, batches(order));
    return workers == 0
        ? new SerialBatches<>(this, order, first)
        : new PrefetchedBatches<>(this, order, first, workers, workers * prefetch);
  }

  void checkOpen() {
    if (closed) {
      throw new InvalidArgumentException("[DataLoader] the loader is closed; make a new one");
    }
  }

  /** The number of batches that an order makes. */
  int batches(long[] order) {
    long n = order.length;
    return (int) (dropLast ? n / batchSize : (n + batchSize - 1) / batchSize);
  }

  /** Batch {@code i} of an order. */
  @SuppressWarnings("unchecked")
  B load(long[] order, int i) {
    int from = i * batchSize;
    long[] at = Arrays.copyOfRange(order, from, Math.min(order.length, from + batchSize));
    if (plain && dataset instanceof BatchSource<?> source && source.canBatch()) {
      return (B) source.batch(at);
    }
    Object[] samples = new Object[at.length];
    for (int k = 0; k < at.length; k++) {
      samples[k] = sample(at[k]);
    }
    return collate.apply((List<T>) List.of(samples));
  }

  private T sample(long index) {
    try {
      return dataset.get(index);
    } catch (RuntimeException e) {
      throw new LoadException(index, e);
    }
  }

  /** Ends all passes; harmless when repeated. */
  @Override
  public void close() {
    closed = true;
  }

  /** Whether {@link #close} was called. */
  public boolean isClosed() {
    return closed;
  }

  @Override
  public String toString() {
    @Nullable Object kind = dataset.getClass().getSimpleName();
    return "DataLoader(%s of %d samples, batch size %d, %d batches)"
        .formatted(kind, dataset.size(), batchSize, size());
  }
}
