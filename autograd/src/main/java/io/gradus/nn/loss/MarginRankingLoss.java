package io.gradus.nn.loss;

import io.gradus.Tensor;
import io.gradus.nn.MarginLosses;
import io.gradus.nn.Module;
import io.gradus.nn.Reduction;

/**
 * {@code max(0, -y (x1 - x2) + margin)}: a target of 1 asks for a greater x1, -1 for a greater x2.
 */
public final class MarginRankingLoss extends Module {
  private final double margin;
  private final Reduction reduction;

  /** Averages. */
  public MarginRankingLoss() {
    this(0, Reduction.MEAN);
  }

  /** With another reduction. */
  public MarginRankingLoss(Reduction reduction) {
    this(0, reduction);
  }

  /**
   * With settings.
   *
   * @param margin by how much
   * @param reduction what becomes of the losses of the elements
   */
  public MarginRankingLoss(double margin, Reduction reduction) {
    this.margin = margin;
    this.reduction = reduction;
  }

  /** The loss. */
  public Tensor call(Tensor input1, Tensor input2, Tensor target) {
    return MarginLosses.marginRankingLoss(input1, input2, target, margin, reduction);
  }
}
