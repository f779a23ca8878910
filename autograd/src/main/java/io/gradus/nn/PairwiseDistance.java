package io.gradus.nn;

import io.gradus.Tensor;

/** The p norm of differences along the last dimension, see {@link Distances}. */
public final class PairwiseDistance extends Module {
  private final double p;
  private final double eps;
  private final boolean keepdim;

  /** Euclidean. */
  public PairwiseDistance() {
    this(2, 1e-6, false);
  }

  /**
   * With settings.
   *
   * @param eps added to differences
   * @param keepdim whether the last dimension stays, with size 1
   */
  public PairwiseDistance(double p, double eps, boolean keepdim) {
    this.p = p;
    this.eps = eps;
    this.keepdim = keepdim;
  }

  /** The distances of [n, d] or [d]. */
  public Tensor call(Tensor x1, Tensor x2) {
    return Distances.pairwiseDistance(x1, x2, p, eps, keepdim);
  }
}
