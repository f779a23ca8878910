package io.gradus.nn;

import io.gradus.Tensor;

/** Mean squared error. */
public final class MSELoss extends Loss {
  private final Reduction reduction;

  /** Averages. */
  public MSELoss() {
    this(Reduction.MEAN);
  }

  /** With another reduction. */
  public MSELoss(Reduction reduction) {
    this.reduction = reduction;
  }

  @Override
  public Tensor forward(Tensor input, Tensor target) {
    return Functional.mseLoss(input, target, reduction);
  }
}
