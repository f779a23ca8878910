package io.gradus.metrics;

import io.gradus.Tensor;

/**
 * A measure over all batches since the last reset.
 *
 * @param <R> the result
 */
public interface Metric<R> {
  /**
   * Takes one batch into account.
   *
   * @throws io.gradus.tensor.error.TensorException if predictions and targets do not fit together;
   *     then nothing is counted
   */
  void update(Tensor predictions, Tensor targets);

  /** The measure of all batches so far; NaN where nothing was counted. */
  R compute();

  /** Forgets all batches. */
  void reset();
}
