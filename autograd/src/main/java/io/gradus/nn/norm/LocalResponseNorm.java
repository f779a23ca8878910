package io.gradus.nn.norm;

import io.gradus.Tensor;
import io.gradus.nn.Layer;
import io.gradus.nn.Normalizations;

/**
 * Divides by a power of the mean square over neighbouring channels, see {@link
 * Normalizations#localResponseNorm}.
 *
 * <p>Input [n, channels, positions, …].
 *
 * <p>A. Krizhevsky et al., "ImageNet Classification with Deep Convolutional Neural Networks", 2012.
 */
public final class LocalResponseNorm extends Layer {
  private final int size;
  private final double alpha;
  private final double beta;
  private final double k;

  /** With alpha 1e-4, beta 0.75 and k 1. */
  public LocalResponseNorm(int size) {
    this(size, 1e-4, 0.75, 1);
  }

  /**
   * With settings.
   *
   * @param size how many channels count as neighbours, the channel itself included
   */
  public LocalResponseNorm(int size, double alpha, double beta, double k) {
    this.size = size;
    this.alpha = alpha;
    this.beta = beta;
    this.k = k;
  }

  @Override
  public Tensor forward(Tensor x) {
    return Normalizations.localResponseNorm(x, size, alpha, beta, k);
  }

  @Override
  protected String extraRepr() {
    return "%d, alpha=%s, beta=%s, k=%s".formatted(size, alpha, beta, k);
  }
}
