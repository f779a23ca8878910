package io.gradus.nn.loss;

import io.gradus.Tensor;
import io.gradus.nn.ElementLosses;
import io.gradus.nn.Loss;
import io.gradus.nn.Reduction;

/**
 * Kullback-Leibler divergence {@code y (log y - x)}; the input holds log probabilities.
 *
 * <p>Use {@link #batchMean} for the mathematical divergence: the plain average divides by the
 * number of elements, not of samples.
 */
public final class KLDivLoss extends Loss {
  private final Reduction reduction;
  private final boolean perSample;
  private final boolean logTarget;

  /** Averages over all elements; targets are probabilities. */
  public KLDivLoss() {
    this(Reduction.MEAN);
  }

  /** With another reduction; targets are probabilities. */
  public KLDivLoss(Reduction reduction) {
    this(reduction, false);
  }

  /**
   * With settings.
   *
   * @param logTarget whether the target holds logarithms
   */
  public KLDivLoss(Reduction reduction, boolean logTarget) {
    this(reduction, false, logTarget);
  }

  private KLDivLoss(Reduction reduction, boolean perSample, boolean logTarget) {
    this.reduction = reduction;
    this.perSample = perSample;
    this.logTarget = logTarget;
  }

  /** The sum, divided by the size of the first dimension. */
  public static KLDivLoss batchMean(boolean logTarget) {
    return new KLDivLoss(Reduction.SUM, true, logTarget);
  }

  @Override
  public Tensor forward(Tensor input, Tensor target) {
    return perSample
        ? ElementLosses.klDivBatchMean(input, target, logTarget)
        : ElementLosses.klDiv(input, target, reduction, logTarget);
  }
}
