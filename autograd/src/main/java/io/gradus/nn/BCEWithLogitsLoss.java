package io.gradus.nn;

import io.gradus.Tensor;
import io.gradus.tensor.error.ShapeException;
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
    if (!input.shape().equals(target.shape())) {
      throw new ShapeException(
          "[binary_cross_entropy_with_logits] Target size (%s) must be the same as input size (%s)"
              .formatted(target.shape(), input.shape()));
    }
    Tensor softplus = input.logsigmoid().neg();
    Tensor scale = posWeight == null ? null : posWeight.sub(1).mul(target).add(1);
    Tensor spread = scale == null ? softplus : softplus.mul(scale);
    return reduction.of(target.rsub(1).mul(input).add(spread));
  }
}
