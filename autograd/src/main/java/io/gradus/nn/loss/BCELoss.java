package io.gradus.nn.loss;

import io.gradus.Tensor;
import io.gradus.nn.ElementLosses;
import io.gradus.nn.Loss;
import io.gradus.nn.Reduction;
import org.jspecify.annotations.Nullable;

/**
 * Binary cross entropy of probabilities, see {@link ElementLosses#binaryCrossEntropy}; {@link
 * BCEWithLogitsLoss} is more accurate.
 *
 * <p>Input in [0, 1], target of its shape.
 */
public final class BCELoss extends Loss {
  private final @Nullable Tensor weight;
  private final Reduction reduction;

  /** Averages. */
  public BCELoss() {
    this(null, Reduction.MEAN);
  }

  /** With another reduction. */
  public BCELoss(Reduction reduction) {
    this(null, reduction);
  }

  /**
   * With settings.
   *
   * @param weight one factor for each element, broadcast; null for 1
   * @param reduction what becomes of the losses of the elements
   */
  public BCELoss(@Nullable Tensor weight, Reduction reduction) {
    this.weight = weight == null ? null : registerBuffer("weight", weight.detach(), true);
    this.reduction = reduction;
  }

  @Override
  public Tensor forward(Tensor input, Tensor target) {
    return ElementLosses.binaryCrossEntropy(input, target, weight, reduction);
  }
}
