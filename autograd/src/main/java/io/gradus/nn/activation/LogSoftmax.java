package io.gradus.nn.activation;

import io.gradus.Tensor;
import io.gradus.nn.Layer;

/** The logarithm of {@link Softmax}, computed without overflow. */
public final class LogSoftmax extends Layer {
  private final int dim;

  /**
   * With settings.
   *
   * @param dim the dimension, negative counts from the end
   */
  public LogSoftmax(int dim) {
    this.dim = dim;
  }

  @Override
  public Tensor forward(Tensor x) {
    return x.logSoftmax(dim);
  }

  @Override
  protected String extraRepr() {
    return "dim=%s".formatted(dim);
  }
}
