package io.gradus.nn.loss;

import io.gradus.Tensor;
import io.gradus.nn.ElementLosses;
import io.gradus.nn.Loss;
import io.gradus.nn.Reduction;

/**
 * Mean absolute error {@code |x - y|}.
 *
 * <p>Input and target have one shape.
 */
public final class L1Loss extends Loss {
  private final Reduction reduction;

  /** Averages. */
  public L1Loss() {
    this(Reduction.MEAN);
  }

  /**
   * With settings.
   *
   * @param reduction what becomes of the losses of the elements
   */
  public L1Loss(Reduction reduction) {
    this.reduction = reduction;
  }

  @Override
  public Tensor forward(Tensor input, Tensor target) {
    return ElementLosses.l1Loss(input, target, reduction);
  }
}
