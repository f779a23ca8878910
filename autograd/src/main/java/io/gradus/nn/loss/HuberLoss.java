package io.gradus.nn.loss;

import io.gradus.Tensor;
import io.gradus.nn.ElementLosses;
import io.gradus.nn.Loss;
import io.gradus.nn.Reduction;

/**
 * {@code (x - y)² / 2} for differences below δ, else {@code δ (|x - y| - δ/2)}.
 *
 * <p>P. Huber, "Robust Estimation of a Location Parameter", 1964.
 */
public final class HuberLoss extends Loss {
  private final double delta;
  private final Reduction reduction;

  /** Averages. */
  public HuberLoss() {
    this(1.0, Reduction.MEAN);
  }

  /** With another reduction. */
  public HuberLoss(Reduction reduction) {
    this(1.0, reduction);
  }

  /**
   * With settings.
   *
   * @param delta greater than 0
   * @param reduction what becomes of the losses of the elements
   */
  public HuberLoss(double delta, Reduction reduction) {
    this.delta = delta;
    this.reduction = reduction;
  }

  @Override
  public Tensor forward(Tensor input, Tensor target) {
    return ElementLosses.huberLoss(input, target, reduction, delta);
  }
}
