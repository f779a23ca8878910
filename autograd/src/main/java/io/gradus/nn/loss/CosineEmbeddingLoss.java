package io.gradus.nn.loss;

import io.gradus.Tensor;
import io.gradus.nn.MarginLosses;
import io.gradus.nn.Module;
import io.gradus.nn.Reduction;

/**
 * {@code 1 - cos(x1, x2)} where the target is 1, {@code max(0, cos(x1, x2) - margin)} where it is
 * -1.
 *
 * <p>Inputs [d] or [n, d], target [] or [n].
 */
public final class CosineEmbeddingLoss extends Module {
  private final double margin;
  private final Reduction reduction;

  /** Averages. */
  public CosineEmbeddingLoss() {
    this(0, Reduction.MEAN);
  }

  /** With another reduction. */
  public CosineEmbeddingLoss(Reduction reduction) {
    this(0, reduction);
  }

  /**
   * With settings.
   *
   * @param margin from -1 to 1
   * @param reduction what becomes of the losses of the elements
   */
  public CosineEmbeddingLoss(double margin, Reduction reduction) {
    this.margin = margin;
    this.reduction = reduction;
  }

  /** The loss. */
  public Tensor call(Tensor input1, Tensor input2, Tensor target) {
    return MarginLosses.cosineEmbeddingLoss(input1, input2, target, margin, reduction);
  }
}
