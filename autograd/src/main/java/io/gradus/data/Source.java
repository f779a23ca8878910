package io.gradus.data;

import io.gradus.random.Generator;

/**
 * Where the batches of a loader come from, and how they are made. The methods that change something
 * give another source.
 *
 * @param <T> a sample
 * @param <B> a batch
 */
sealed interface Source<T, B> permits IndexedSource, StreamSource {
  /** Where samples are looked up by index. */
  Dataset<T> dataset();

  /** The number of batches of a pass, or -1 if it is not known. */
  long count();

  /** One pass, of which the first batches will not be asked for. Orders are drawn now. */
  Batches<B> begin(int first);

  /** With samples in an order drawn anew for each pass. */
  Source<T, B> shuffle(Generator generator);

  /** With samples in the order of a sampler. */
  Source<T, B> sampler(Sampler value);

  /** With these batches. */
  Source<T, B> batchSampler(BatchSampler value);

  /** With random numbers for samples from this generator. */
  Source<T, B> random(Generator value);

  /** With or without a smaller last batch. */
  Source<T, B> dropLast(boolean value);

  /** What a loader prints of it. */
  String text();

  /** The name of a set's class, which lambdas and anonymous ones have none of. */
  static String kind(Object dataset) {
    String name = dataset.getClass().getSimpleName();
    return name.isEmpty() || name.contains("$$") ? "samples" : name;
  }
}
