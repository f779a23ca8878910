package io.gradus.data;

import io.gradus.random.Generator;
import io.gradus.tensor.error.InvalidArgumentException;
import org.jspecify.annotations.Nullable;

/**
 * A data set with indices.
 *
 * @param plain whether batches are stacked tensors, as a set may make them itself
 * @param batches instead of sampler, size and {@code dropLast}
 * @param generator what the samples of sets that draw random numbers draw them from; null for the
 *     default one
 */
record IndexedSource<T, B>(
    Dataset<T> dataset,
    Collate<T, B> collate,
    boolean plain,
    int batchSize,
    boolean dropLast,
    Sampler order,
    @Nullable BatchSampler batches,
    @Nullable Generator generator)
    implements Source<T, B> {
  IndexedSource(Dataset<T> dataset, Collate<T, B> collate, boolean plain, int batchSize) {
    this(dataset, collate, plain, batchSize, false, Sampler.sequential(), null, null);
  }

  private BatchSampler drawn() {
    return batches == null ? BatchSampler.of(order, batchSize, dropLast) : batches;
  }

  @Override
  public long count() {
    return drawn().count(dataset.size());
  }

  @Override
  public Batches<B> begin(int first) {
    return new IndexedBatches<>(this, new PassOrder(drawn().batches(dataset.size()), seed()));
  }

  /** Drawn only for sets that need it, so that other passes leave the generator alone. */
  private long seed() {
    if (!dataset.isRandom()) {
      return 0;
    }
    return PassOrder.seed((generator == null ? Generator.defaultGenerator() : generator).take());
  }

  @Override
  public Source<T, B> shuffle(Generator value) {
    return with(dropLast, Sampler.random(value), generator == null ? value : generator);
  }

  @Override
  public Source<T, B> sampler(Sampler value) {
    return with(dropLast, value, generator);
  }

  @Override
  public Source<T, B> dropLast(boolean value) {
    return with(value, order, generator);
  }

  private Source<T, B> with(boolean drop, Sampler sampler, @Nullable Generator random) {
    if (batches != null) {
      throw new InvalidArgumentException(
          "[DataLoader] batch_sampler option is mutually exclusive with batch_size, shuffle,"
              + " sampler, and drop_last; let the batch sampler do it");
    }
    return new IndexedSource<>(dataset, collate, plain, batchSize, drop, sampler, null, random);
  }

  @Override
  public Source<T, B> batchSampler(BatchSampler value) {
    return new IndexedSource<>(
        dataset, collate, plain, batchSize, dropLast, order, value, generator);
  }

  @Override
  public Source<T, B> random(Generator value) {
    return new IndexedSource<>(dataset, collate, plain, batchSize, dropLast, order, batches, value);
  }

  @Override
  public String text() {
    String size = batches == null ? "batch size %d, ".formatted(batchSize) : "";
    long count = count();
    return "%s of %d samples, %s%s batches"
        .formatted(Source.kind(dataset), dataset.size(), size, count < 0 ? "?" : count);
  }
}
