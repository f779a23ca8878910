package io.gradus.nn.activation;

import io.gradus.Tensor;
import io.gradus.nn.Gates;
import io.gradus.nn.Layer;

/**
 * {@code a σ(b)} of the halves a and b of a dimension, which must be even: [*, 2n, *] to [*, n, *].
 *
 * <p>Y. Dauphin et al., "Language Modeling with Gated Convolutional Networks", 2017.
 */
public final class GLU extends Layer {
  private final int dim;

  /** With dimension -1. */
  public GLU() {
    this(-1);
  }

  /**
   * With settings.
   *
   * @param dim dimension, negative counts from the end
   */
  public GLU(int dim) {
    this.dim = dim;
  }

  @Override
  public Tensor forward(Tensor x) {
    return Gates.glu(x, dim);
  }

  @Override
  protected String extraRepr() {
    return "dim=%s".formatted(dim);
  }
}
