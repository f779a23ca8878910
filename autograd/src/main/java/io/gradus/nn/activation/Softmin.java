package io.gradus.nn.activation;

import io.gradus.Tensor;
import io.gradus.nn.Layer;

/** exp(-x) scaled to sum 1 along a dimension. */
public final class Softmin extends Layer {
  private final int dim;

  /**
   * With settings.
   *
   * @param dim the dimension, negative counts from the end
   */
  public Softmin(int dim) {
    this.dim = dim;
  }

  @Override
  public Tensor forward(Tensor x) {
    return x.softmin(dim);
  }

  @Override
  protected String extraRepr() {
    return "dim=%s".formatted(dim);
  }
}
