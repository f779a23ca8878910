package io.gradus.data;

import io.gradus.random.Generator;
import io.gradus.tensor.error.InvalidArgumentException;

/**
 * A data set without indices.
 *
 * @param dropLast whether a smaller last batch is left out
 */
record StreamSource<T, B>(
    IterableDataset<T> stream, Collate<T, B> collate, int batchSize, boolean dropLast)
    implements Source<T, B> {
  @Override
  public Dataset<T> dataset() {
    throw refused("a data set with indices");
  }

  @Override
  public long count() {
    return -1;
  }

  @Override
  public Batches<B> begin(int first) {
    return new StreamedBatches<>(this, first);
  }

  @Override
  public Source<T, B> shuffle(Generator generator) {
    throw refused("shuffle");
  }

  @Override
  public Source<T, B> sampler(Sampler value) {
    throw refused("sampler");
  }

  @Override
  public Source<T, B> batchSampler(BatchSampler value) {
    throw refused("batchSampler");
  }

  @Override
  public Source<T, B> random(Generator value) {
    throw refused("generator");
  }

  @Override
  public Source<T, B> dropLast(boolean value) {
    return new StreamSource<>(stream, collate, batchSize, value);
  }

  private static InvalidArgumentException refused(String option) {
    return new InvalidArgumentException(
        "[DataLoader] DataLoader with IterableDataset: expected unspecified %s option; the stream itself decides what comes, and in which order"
            .formatted(option));
  }

  @Override
  public String text() {
    return "%s, batch size %d".formatted(Source.kind(stream), batchSize);
  }
}
