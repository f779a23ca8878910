package io.gradus.nn.loss;

import io.gradus.Tensor;
import io.gradus.nn.Loss;
import io.gradus.nn.MarginLosses;
import io.gradus.nn.Reduction;

/**
 * A hinge loss between the classes that the target names and all others, see {@link
 * MarginLosses#multilabelMarginLoss}.
 *
 * <p>Input [classes] or [n, classes]; target of its shape, i64, of which those before the first -1
 * count.
 */
public final class MultiLabelMarginLoss extends Loss {
  private final Reduction reduction;

  /** Averages. */
  public MultiLabelMarginLoss() {
    this(Reduction.MEAN);
  }

  /**
   * With settings.
   *
   * @param reduction what becomes of the losses of the elements
   */
  public MultiLabelMarginLoss(Reduction reduction) {
    this.reduction = reduction;
  }

  @Override
  public Tensor forward(Tensor input, Tensor target) {
    return MarginLosses.multilabelMarginLoss(input, target, reduction);
  }
}
