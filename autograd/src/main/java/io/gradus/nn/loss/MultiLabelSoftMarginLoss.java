package io.gradus.nn.loss;

import io.gradus.Tensor;
import io.gradus.nn.Loss;
import io.gradus.nn.MarginLosses;
import io.gradus.nn.Reduction;
import org.jspecify.annotations.Nullable;

/** Binary cross entropy of logits, averaged over the classes (the last dimension). */
public final class MultiLabelSoftMarginLoss extends Loss {
  private final @Nullable Tensor weight;
  private final Reduction reduction;

  /** Averages. */
  public MultiLabelSoftMarginLoss() {
    this(null, Reduction.MEAN);
  }

  /** With another reduction. */
  public MultiLabelSoftMarginLoss(Reduction reduction) {
    this(null, reduction);
  }

  /**
   * With settings.
   *
   * @param weight one factor for each class; null for 1
   * @param reduction what becomes of the losses of the elements
   */
  public MultiLabelSoftMarginLoss(@Nullable Tensor weight, Reduction reduction) {
    this.weight = weight == null ? null : registerBuffer("weight", weight.detach(), true);
    this.reduction = reduction;
  }

  @Override
  public Tensor forward(Tensor input, Tensor target) {
    return MarginLosses.multilabelSoftMarginLoss(input, target, weight, reduction);
  }
}
