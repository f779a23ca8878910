package io.gradus.data;

/**
 * A data set that can build a whole batch faster than sample by sample.
 *
 * @param <T> a sample, and also a batch: the same structure with a further first dimension
 */
interface BatchSource<T> {
  /** Whether {@link #batch} may be called. */
  boolean canBatch();

  /** The samples at these indices, joined along a new first dimension. */
  T batch(long[] indices);
}
