package io.gradus.data;

import io.gradus.Tensor;
import io.gradus.random.Generator;
import io.gradus.tensor.error.InvalidArgumentException;
import java.time.Duration;
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
  private final Source<T, B> source;
  private final int workers;
  private final int prefetch;
  private final @Nullable Duration timeout;
  private volatile boolean closed;

  private DataLoader(Source<T, B> source, int workers, int prefetch, @Nullable Duration timeout) {
    this.source = source;
    this.workers = workers;
    this.prefetch = prefetch;
    this.timeout = timeout;
  }

  private static <T, B> DataLoader<T, B> of(Source<T, B> source) {
    return new DataLoader<>(source, 0, 2, null);
  }

  /** Batches of tensors, in order, without workers. */
  public static DataLoader<List<Tensor>, List<Tensor>> of(
      Dataset<List<Tensor>> dataset, int batchSize) {
    return of(new IndexedSource<>(dataset, Collate.stack(), true, positive(batchSize)));
  }

  /** Batches of anything. */
  public static <T, B> DataLoader<T, B> of(
      Dataset<T> dataset, int batchSize, Collate<T, B> collate) {
    return of(new IndexedSource<>(dataset, collate, false, positive(batchSize)));
  }

  /** Batches of tensors that come one after another. */
  public static DataLoader<List<Tensor>, List<Tensor>> of(
      IterableDataset<List<Tensor>> stream, int batchSize) {
    return of(stream, batchSize, Collate.stack());
  }

  /**
   * Batches of anything that comes one after another. Samples are read by one worker at a time, and
   * joined by several at once: what takes long to make of a sample is best done by {@code collate}.
   */
  public static <T, B> DataLoader<T, B> of(
      IterableDataset<T> stream, int batchSize, Collate<T, B> collate) {
    return of(new StreamSource<>(stream, collate, positive(batchSize), false));
  }

  private static int positive(int batchSize) {
    if (batchSize < 1) {
      throw new InvalidArgumentException(
          "[DataLoader] batch_size should be a positive integer value, but got " + batchSize);
    }
    return batchSize;
  }

  private DataLoader<T, B> with(Source<T, B> other) {
    return new DataLoader<>(other, workers, prefetch, timeout);
  }

  /**
   * In an order drawn anew for each pass. Random numbers of samples come from this generator too,
   * unless they have another.
   */
  public DataLoader<T, B> shuffle(Generator generator) {
    return with(source.shuffle(generator));
  }

  /** In the order of a sampler. */
  public DataLoader<T, B> sampler(Sampler value) {
    return with(source.sampler(value));
  }

  /**
   * With the batches of a sampler, whatever batch size, order and {@link #dropLast} were before.
   */
  public DataLoader<T, B> batchSampler(BatchSampler value) {
    return with(source.batchSampler(value));
  }

  /**
   * With random numbers for the samples of sets that draw them ({@link Dataset#map}) from this
   * generator: one stream a pass, whatever the number of workers. Without, and without {@link
   * #shuffle}, they come from the default one.
   */
  public DataLoader<T, B> generator(Generator value) {
    return with(source.random(value));
  }

  /** Without the last batch if it is smaller than the others. */
  public DataLoader<T, B> dropLast(boolean value) {
    return with(source.dropLast(value));
  }

  /** With this many batches being prepared at the same time, on virtual threads; 0 for none. */
  public DataLoader<T, B> workers(int value) {
    if (value < 0) {
      throw new InvalidArgumentException(
          "[DataLoader] workers must be at least 0, but got " + value + "; 0 is for none");
    }
    return new DataLoader<>(source, value, prefetch, timeout);
  }

  /** With this many batches a worker prepared ahead. */
  public DataLoader<T, B> prefetch(int value) {
    if (value < 1) {
      throw new InvalidArgumentException(
          "[DataLoader] prefetch must be at least 1, but got "
              + value
              + "; workers(0) is for none");
    }
    return new DataLoader<>(source, workers, value, timeout);
  }

  /**
   * Waits for a batch no longer than this, then ends the pass with a {@link LoadTimeoutException}.
   * Without workers nobody waits, and this does nothing.
   */
  public DataLoader<T, B> timeout(Duration value) {
    if (!value.isPositive()) {
      throw new InvalidArgumentException(
          "[DataLoader] timeout must be positive, but got " + value + "; leave it out for none");
    }
    return new DataLoader<>(source, workers, prefetch, value);
  }

  /**
   * The data set.
   *
   * @throws InvalidArgumentException if it is an {@link IterableDataset}
   */
  public Dataset<T> dataset() {
    return source.dataset();
  }

  /** The number of batches of a pass; -1 if only the pass can tell, as of a stream. */
  public long size() {
    return source.count();
  }

  /**
   * One pass. The order is drawn now.
   *
   * @throws InvalidArgumentException after {@link #close}
   */
  @Override
  public Pass<B> iterator() {
    return from(0);
  }

  /**
   * One pass without its first batches, which are not loaded: to go on in the middle of a pass. The
   * order is drawn now, as for a whole pass; of a stream the first samples are read and dropped.
   *
   * @throws InvalidArgumentException for a negative number, and after {@link #close}
   */
  public Pass<B> from(long batch) {
    checkOpen();
    if (batch < 0) {
      throw new InvalidArgumentException(
          "[from] batch " + batch + " is negative; the first one is 0");
    }
    int from = (int) Math.min(batch, Batches.UNKNOWN - 1);
    Batches<B> batches = source.begin(from);
    int first = Math.min(from, batches.count());
    int ahead = (int) Math.min((long) workers * prefetch, Integer.MAX_VALUE);
    return workers == 0
        ? new SerialBatches<>(this, batches, first)
        : new PrefetchedBatches<>(this, batches, first, workers, ahead, timeout);
  }

  void checkOpen() {
    if (closed) {
      throw new InvalidArgumentException("[DataLoader] the loader is closed; make a new one");
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
    return "DataLoader(" + source.text() + ")";
  }
}
