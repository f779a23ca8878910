package io.gradus.nn.loss;

import io.gradus.Tensor;
import io.gradus.nn.ElementLosses;
import io.gradus.nn.Loss;
import io.gradus.nn.Reduction;

/** Negative log likelihood of counts, see {@link ElementLosses#poissonNllLoss}. */
public final class PoissonNLLLoss extends Loss {
  private final boolean logInput;
  private final boolean full;
  private final double eps;
  private final Reduction reduction;

  /** Averages. */
  public PoissonNLLLoss() {
    this(true, false, 1e-8, Reduction.MEAN);
  }

  /** With another reduction. */
  public PoissonNLLLoss(Reduction reduction) {
    this(true, false, 1e-8, reduction);
  }

  /**
   * With settings.
   *
   * @param logInput whether the input holds logarithms of rates
   * @param full whether to add Stirling's approximation of {@code log y!}
   * @param eps added to rates before their logarithm is taken
   * @param reduction what becomes of the losses of the elements
   */
  public PoissonNLLLoss(boolean logInput, boolean full, double eps, Reduction reduction) {
    this.logInput = logInput;
    this.full = full;
    this.eps = eps;
    this.reduction = reduction;
  }

  @Override
  public Tensor forward(Tensor input, Tensor target) {
    return ElementLosses.poissonNllLoss(input, target, logInput, full, eps, reduction);
  }
}
