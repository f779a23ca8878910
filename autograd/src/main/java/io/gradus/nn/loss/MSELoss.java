package io.gradus.nn.loss;

import io.gradus.Tensor;
import io.gradus.nn.Functional;
import io.gradus.nn.Loss;
import io.gradus.nn.Reduction;

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
