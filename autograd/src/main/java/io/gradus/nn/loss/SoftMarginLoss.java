package io.gradus.nn.loss;

import io.gradus.Tensor;
import io.gradus.nn.Loss;
import io.gradus.nn.MarginLosses;
import io.gradus.nn.Reduction;

/** {@code log(1 + exp(-y x))} with targets of 1 and -1. */
public final class SoftMarginLoss extends Loss {
  private final Reduction reduction;

  /** Averages. */
  public SoftMarginLoss() {
    this(Reduction.MEAN);
  }

  /**
   * With settings.
   *
   * @param reduction what becomes of the losses of the elements
   */
  public SoftMarginLoss(Reduction reduction) {
    this.reduction = reduction;
  }

  @Override
  public Tensor forward(Tensor input, Tensor target) {
    return MarginLosses.softMarginLoss(input, target, reduction);
  }
}
