package io.gradus.nn.loss;

import io.gradus.Tensor;
import io.gradus.nn.ElementLosses;
import io.gradus.nn.Loss;
import io.gradus.nn.Reduction;
import org.jspecify.annotations.Nullable;

/**
 * Binary cross entropy of logits: {@code (1 - y) x + (1 + (w - 1) y) softplus(-x)} with w the
 * weight of the positive answers; stable for large logits.
 */
public final class BCEWithLogitsLoss extends Loss {
  private final @Nullable Tensor weight;
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
    this(null, reduction, posWeight);
  }

  /**
   * With weights of the elements too.
   *
   * @param weight of the elements, broadcast to the input; null for 1
   * @param posWeight weight of the positive answers, broadcast to the input; null for 1
   */
  public BCEWithLogitsLoss(
      @Nullable Tensor weight, Reduction reduction, @Nullable Tensor posWeight) {
    this.weight = weight == null ? null : registerBuffer("weight", weight.detach(), true);
    this.reduction = reduction;
    this.posWeight =
        posWeight == null ? null : registerBuffer("pos_weight", posWeight.detach(), true);
  }

  @Override
  public Tensor forward(Tensor input, Tensor target) {
    return ElementLosses.binaryCrossEntropyWithLogits(input, target, weight, reduction, posWeight);
  }
}
