package io.gradus.nn.loss;

import io.gradus.Tensor;
import io.gradus.nn.Loss;
import io.gradus.nn.MarginLosses;
import io.gradus.nn.Reduction;

/** {@code x} where the target is 1, {@code max(0, margin - x)} where it is -1. */
public final class HingeEmbeddingLoss extends Loss {
  private final double margin;
  private final Reduction reduction;

  /** Averages. */
  public HingeEmbeddingLoss() {
    this(1.0, Reduction.MEAN);
  }

  /** With another reduction. */
  public HingeEmbeddingLoss(Reduction reduction) {
    this(1.0, reduction);
  }

  /**
   * With settings.
   *
   * @param margin how far apart unequal ones should be
   * @param reduction what becomes of the losses of the elements
   */
  public HingeEmbeddingLoss(double margin, Reduction reduction) {
    this.margin = margin;
    this.reduction = reduction;
  }

  @Override
  public Tensor forward(Tensor input, Tensor target) {
    return MarginLosses.hingeEmbeddingLoss(input, target, margin, reduction);
  }
}
