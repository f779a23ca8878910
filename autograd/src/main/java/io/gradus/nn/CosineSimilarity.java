package io.gradus.nn;

import io.gradus.Tensor;

/** The cosine of the angle of two tensors along a dimension, see {@link Distances}. */
public final class CosineSimilarity extends Module {
  private final int dim;
  private final double eps;

  /** Along dimension 1. */
  public CosineSimilarity() {
    this(1, 1e-8);
  }

  /**
   * With settings.
   *
   * @param eps least length of a vector
   */
  public CosineSimilarity(int dim, double eps) {
    this.dim = dim;
    this.eps = eps;
  }

  /** The cosines, of the broadcast shape without the dimension. */
  public Tensor call(Tensor x1, Tensor x2) {
    return Distances.cosineSimilarity(x1, x2, dim, eps);
  }
}
