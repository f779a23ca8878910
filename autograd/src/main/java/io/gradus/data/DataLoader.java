package io.gradus.data;

import io.gradus.Tensor;
import io.gradus.random.Generator;
import io.gradus.tensor.error.InvalidArgumentException;
import java.util.Arrays;
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
  private boolean dropLast;
  private Sampler sampler = Sampler.sequential();
  private @Nullable Generator random;
  private int workers;
  private int prefetch = 2;
  private volatile boolean closed;

  private DataLoader(Dataset<T> dataset, Collate<T, B> collate, boolean plain, int batchSize) {
    if (batchSize < 1) {
      throw new InvalidArgumentException(
          "[DataLoader] batch_size should be a positive integer value, but got " + batchSize);
    }
    this.dataset = dataset;
    this.collate = collate;
    this.plain = plain;
    this.batchSize = batchSize;
  }

  /** A copy, to be changed before anybody sees it. */
  private DataLoader(DataLoader<T, B> like) {
    dataset = like.dataset;
    collate = like.collate;
    plain = like.plain;
    batchSize = like.batchSize;
    dropLast = like.dropLast;
    sampler = like.sampler;
    random = like.random;
    workers = like.workers;
    prefetch = like.prefetch;
  }

  /** Batches of tensors, in order, without workers. */
  public static DataLoader<List<Tensor>, List<Tensor>> of(
      Dataset<List<Tensor>> dataset, int batchSize) {
    return new DataLoader<>(dataset, Collate.stack(), true, batchSize);
  }

  /** Batches of anything. */
  public static <T, B> DataLoader<T, B> of(
      Dataset<T> dataset, int batchSize, Collate<T, B> collate) {
    return new DataLoader<>(dataset, collate, false, batchSize);
  }

  /**
   * In an order drawn anew for each pass. Random numbers of samples come from this generator too,
   * unless they have another.
   */
  public DataLoader<T, B> shuffle(Generator generator) {
    DataLoader<T, B> copy = sampler(Sampler.random(generator));
    copy.random = random == null ? generator : random;
    return copy;
  }

  /** In the order of a sampler. */
  public DataLoader<T, B> sampler(Sampler value) {
    DataLoader<T, B> copy = new DataLoader<>(this);
    copy.sampler = value;
    return copy;
  }

  /**
   * With random numbers for the samples of sets that draw them ({@link Dataset#map}) from this
   * generator: one stream a pass, whatever the number of workers. Without, and without {@link
   * #shuffle}, they come from the default one.
   */
  public DataLoader<T, B> generator(Generator value) {
    DataLoader<T, B> copy = new DataLoader<>(this);
    copy.random = value;
    return copy;
  }

  /** Without the last batch if it is smaller than the others. */
  public DataLoader<T, B> dropLast(boolean value) {
    DataLoader<T, B> copy = new DataLoader<>(this);
    copy.dropLast = value;
    return copy;
  }

  /** With this many batches being prepared at the same time, on virtual threads; 0 for none. */
  public DataLoader<T, B> workers(int value) {
    if (value < 0) {
      throw new InvalidArgumentException(
          "[DataLoader] workers must be at least 0, but got " + value + "; 0 is for none");
    }
    DataLoader<T, B> copy = new DataLoader<>(this);
    copy.workers = value;
    return copy;
  }

  /** With this many batches a worker prepared ahead. */
  public DataLoader<T, B> prefetch(int value) {
    if (value < 1) {
      throw new InvalidArgumentException(
          "[DataLoader] prefetch must be at least 1, but got "
              + value
              + "; workers(0) is for none");
    }
    DataLoader<T, B> copy = new DataLoader<>(this);
    copy.prefetch = value;
    return copy;
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
  public Pass<B> iterator() {
    return from(0);
  }

  /**
   * One pass without its first batches, which are not loaded: to go on in the middle of a pass. The
   * order is drawn now, as for a whole pass.
   *
   * @throws InvalidArgumentException for a negative number, and after {@link #close}
   */
  public Pass<B> from(long batch) {
    checkOpen();
    if (batch < 0) {
      throw new InvalidArgumentException(
          "[from] batch " + batch + " is negative; the first one is 0");
    }
    PassOrder order = new PassOrder(sampler.order(dataset.size()), seed());
    int batches = batches(order);
    int first = (int) Math.min(batch, batches);
    int ahead = (int) Math.min((long) workers * prefetch, Integer.MAX_VALUE);
    return workers == 0
        ? new SerialBatches<>(this, order, first)
        : new PrefetchedBatches<>(this, order, first, workers, ahead);
  }

  /** Drawn only for sets that need it, so that other passes leave the generator alone. */
  private long seed() {
    if (!dataset.isRandom()) {
      return 0;
    }
    return PassOrder.seed((random == null ? Generator.defaultGenerator() : random).take());
  }

  void checkOpen() {
    if (closed) {
      throw new InvalidArgumentException("[DataLoader] the loader is closed; make a new one");
    }
  }

  /** The number of batches that an order makes. */
  int batches(PassOrder order) {
    long n = order.indices().length;
    return (int) (dropLast ? n / batchSize : (n + batchSize - 1) / batchSize);
  }

  /** Batch {@code i} of an order. */
  @SuppressWarnings("unchecked")
  B load(PassOrder order, int i) {
    int from = i * batchSize;
    int to = (int) Math.min(order.indices().length, (long) from + batchSize);
    if (plain && dataset instanceof BatchSource<?> source && source.canBatch()) {
      return (B) source.batch(Arrays.copyOfRange(order.indices(), from, to));
    }
    Object[] samples = new Object[to - from];
    for (int at = from; at < to; at++) {
      samples[at - from] = sample(order, at);
    }
    return collate.apply((List<T>) List.of(samples));
  }

  private T sample(PassOrder order, int at) {
    long index = order.indices()[at];
    try {
      return dataset.isRandom() ? dataset.get(index, order.random(at)) : dataset.get(index);
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
