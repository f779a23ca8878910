package io.gradus.nn.loss;

import io.gradus.Tensor;
import io.gradus.nn.MarginLosses;
import io.gradus.nn.Module;
import io.gradus.nn.Reduction;

/**
 * {@code max(0, margin + d(a, p) - d(a, n))} with p norms as distances, of [d] or [n, d].
 *
 * <p>V. Balntas et al., "Learning shallow convolutional feature descriptors with triplet losses",
 * 2016.
 */
public final class TripletMarginLoss extends Module {
  private final double margin;
  private final double p;
  private final double eps;
  private final boolean swap;
  private final Reduction reduction;

  /** Averages. */
  public TripletMarginLoss() {
    this(1.0, 2.0, 1e-6, false, Reduction.MEAN);
  }

  /** With another reduction. */
  public TripletMarginLoss(Reduction reduction) {
    this(1.0, 2.0, 1e-6, false, reduction);
  }

  /**
   * With settings.
   *
   * @param margin greater than 0
   * @param p of the norm
   * @param eps added to differences
   * @param swap whether the negative counts as near as it is to the positive
   * @param reduction what becomes of the losses of the elements
   */
  public TripletMarginLoss(double margin, double p, double eps, boolean swap, Reduction reduction) {
    this.margin = margin;
    this.p = p;
    this.eps = eps;
    this.swap = swap;
    this.reduction = reduction;
  }

  /** The loss. */
  public Tensor call(Tensor anchor, Tensor positive, Tensor negative) {
    return MarginLosses.tripletMarginLoss(
        anchor, positive, negative, margin, p, eps, swap, reduction);
  }
}
