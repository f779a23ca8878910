package io.gradus.nn.loss;

import io.gradus.Tensor;
import io.gradus.nn.Functional;
import io.gradus.nn.Loss;
import io.gradus.nn.Reduction;
import org.jspecify.annotations.Nullable;

/**
 * Negative log likelihood of classes: minus the log probability of each target.
 *
 * <p>Input [classes], [batch, classes] or [batch, classes, …] of log probabilities; target without
 * the classes, i64.
 */
public final class NLLLoss extends Loss {
  private final @Nullable Tensor weight;
  private final long ignoreIndex;
  private final Reduction reduction;

  /** Averages. */
  public NLLLoss() {
    this(null, -100, Reduction.MEAN);
  }

  /** With another reduction. */
  public NLLLoss(Reduction reduction) {
    this(null, -100, reduction);
  }

  /**
   * With settings.
   *
   * @param weight one factor for each class; null for 1
   * @param ignoreIndex target that does not count
   * @param reduction what becomes of the losses of the elements
   */
  public NLLLoss(@Nullable Tensor weight, long ignoreIndex, Reduction reduction) {
    this.weight = weight == null ? null : registerBuffer("weight", weight.detach(), true);
    this.ignoreIndex = ignoreIndex;
    this.reduction = reduction;
  }

  @Override
  public Tensor forward(Tensor input, Tensor target) {
    return Functional.nllLoss(input, target, weight, ignoreIndex, reduction);
  }
}
