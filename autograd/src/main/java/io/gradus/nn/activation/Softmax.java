package io.gradus.nn.activation;

import io.gradus.Tensor;
import io.gradus.nn.Layer;

/** exp(x) scaled to sum 1 along a dimension. */
public final class Softmax extends Layer {
  private final int dim;

  /** Along a dimension. */
  public Softmax(int dim) {
    this.dim = dim;
  }

  @Override
  public Tensor forward(Tensor x) {
    return x.softmax(dim);
  }

  @Override
  protected String extraRepr() {
    return "dim=" + dim;
  }
}
