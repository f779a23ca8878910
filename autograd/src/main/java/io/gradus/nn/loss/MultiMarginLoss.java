package io.gradus.nn.loss;

import io.gradus.Tensor;
import io.gradus.nn.Loss;
import io.gradus.nn.MarginLosses;
import io.gradus.nn.Reduction;
import org.jspecify.annotations.Nullable;

/**
 * {@code Σ max(0, margin - x[y] + x[i])ᵖ / classes} over the classes i other than y.
 *
 * <p>Input [classes] or [n, classes], target [] or [n], i64.
 */
public final class MultiMarginLoss extends Loss {
  private final @Nullable Tensor weight;
  private final int p;
  private final double margin;
  private final Reduction reduction;

  /** Averages. */
  public MultiMarginLoss() {
    this(null, 1, 1.0, Reduction.MEAN);
  }

  /** With another reduction. */
  public MultiMarginLoss(Reduction reduction) {
    this(null, 1, 1.0, reduction);
  }

  /**
   * With settings.
   *
   * @param weight one factor for each class; null for 1
   * @param p 1 or 2
   * @param margin by how much the target should be above the others
   * @param reduction what becomes of the losses of the elements
   */
  public MultiMarginLoss(@Nullable Tensor weight, int p, double margin, Reduction reduction) {
    this.weight = weight == null ? null : registerBuffer("weight", weight.detach(), true);
    this.p = p;
    this.margin = margin;
    this.reduction = reduction;
  }

  @Override
  public Tensor forward(Tensor input, Tensor target) {
    return MarginLosses.multiMarginLoss(input, target, p, margin, weight, reduction);
  }
}
