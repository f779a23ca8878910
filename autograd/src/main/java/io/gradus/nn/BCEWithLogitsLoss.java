package io.gradus.nn;

import io.gradus.Tensor;
import org.jspecify.annotations.Nullable;

/**
 * Binary cross entropy of logits: {@code (1 - y) x + (1 + (w - 1) y) softplus(-x)} with w the
 * weight of the positive answers; stable for large logits.
 */
public final class BCEWithLogitsLoss extends Loss {
  private final Reduction reduction;
  private final @Nullable Tensor posWeight;

  /** Averages. */
  public BCEWithLogitsLoss() {
    this(Reduction.MEAN, null);
  }

  /**
   * With settings.
   *
   * @param posWeight weight of the positive answers, broadcast to the input; null for 1
   */
  public BCEWithLogitsLoss(Reduction reduction, @Nullable Tensor posWeight) {
    this.reduction = reduction;
    this.posWeight = posWeight;
    if (posWeight != null) {
      registerBuffer("pos_weight", posWeight, true);
    }
  }

  @Override
  public Tensor forward(Tensor input, Tensor target) {
    return ElementLosses.binaryCrossEntropyWithLogits(input, target, null, reduction, posWeight);
  }
}
