package io.gradus.nn.loss;

import io.gradus.Tensor;
import io.gradus.nn.ElementLosses;
import io.gradus.nn.Module;
import io.gradus.nn.Reduction;

/**
 * Negative log likelihood of normal distributions, see {@link ElementLosses#gaussianNllLoss}.
 *
 * <p>Variances have the shape of the input, or 1 in place of its last dimension, or lack it.
 */
public final class GaussianNLLLoss extends Module {
  private final boolean full;
  private final double eps;
  private final Reduction reduction;

  /** Averages. */
  public GaussianNLLLoss() {
    this(false, 1e-6, Reduction.MEAN);
  }

  /** With another reduction. */
  public GaussianNLLLoss(Reduction reduction) {
    this(false, 1e-6, reduction);
  }

  /**
   * With settings.
   *
   * @param full whether to add {@code log(2π) / 2}
   * @param eps least variance
   * @param reduction what becomes of the losses of the elements
   */
  public GaussianNLLLoss(boolean full, double eps, Reduction reduction) {
    this.full = full;
    this.eps = eps;
    this.reduction = reduction;
  }

  /** The loss. */
  public Tensor call(Tensor input, Tensor target, Tensor var) {
    return ElementLosses.gaussianNllLoss(input, target, var, full, eps, reduction);
  }
}
