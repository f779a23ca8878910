package io.gradus.nn.loss;

import io.gradus.Tensor;
import io.gradus.nn.ElementLosses;
import io.gradus.nn.Loss;
import io.gradus.nn.Reduction;

/**
 * {@code (x - y)² / 2β} for differences below β, else {@code |x - y| - β/2}.
 *
 * <p>R. Girshick, "Fast R-CNN", 2015.
 */
public final class SmoothL1Loss extends Loss {
  private final double beta;
  private final Reduction reduction;

  /** Averages. */
  public SmoothL1Loss() {
    this(1.0, Reduction.MEAN);
  }

  /** With another reduction. */
  public SmoothL1Loss(Reduction reduction) {
    this(1.0, reduction);
  }

  /**
   * With settings.
   *
   * @param beta at least 0; 0 is {@link L1Loss}
   * @param reduction what becomes of the losses of the elements
   */
  public SmoothL1Loss(double beta, Reduction reduction) {
    this.beta = beta;
    this.reduction = reduction;
  }

  @Override
  public Tensor forward(Tensor input, Tensor target) {
    return ElementLosses.smoothL1Loss(input, target, reduction, beta);
  }
}
