package io.gradus.nn.norm;

import io.gradus.Tensor;
import io.gradus.nn.Layer;
import io.gradus.nn.Rearrangements;
import io.gradus.tensor.error.InvalidArgumentException;
import io.gradus.tensor.error.ShapeException;
import java.util.List;

/**
 * Divides by a power of the sum of squares over neighbouring channels of [n, channels, h, w]:
 * {@code x / (k + alpha / size · Σ x²)^beta}.
 *
 * <p>Results are PyTorch's: the neighbours are the {@code r = (size - 1) / 2} channels on either
 * side, rounded down, and, from channel {@code r + 1} on, the first channel once more, which
 * PyTorch's running sum never lets go of. Gradients are those of what is computed; PyTorch's are
 * those of the sum without that channel. {@link LocalResponseNorm} has no such trait.
 */
public final class CrossMapLRN2d extends Layer {
  private final int size;
  private final double alpha;
  private final double beta;
  private final double k;

  /** With alpha 1e-4, beta 0.75 and k 1. */
  public CrossMapLRN2d(int size) {
    this(size, 1e-4, 0.75, 1);
  }

  /** With settings. */
  public CrossMapLRN2d(int size, double alpha, double beta, double k) {
    if (size < 1) {
      throw new InvalidArgumentException(
          "[CrossMapLRN2d] size must be positive: " + size + "; 1 is the channel itself");
    }
    this.size = size;
    this.alpha = alpha;
    this.beta = beta;
    this.k = k;
  }

  @Override
  public Tensor forward(Tensor x) {
    if (x.dim() != 4 || x.size(1) == 0) {
      throw new ShapeException(
          "[CrossMapLRN2d] expected 4D input (got %dD input) with channels: shape %s"
              .formatted(x.dim(), x.shape()));
    }
    long channels = x.size(1);
    long side = Math.min((size - 1) / 2, channels - 1);
    Tensor squares = x.square();
    long[] pad = {0, 0, 0, 0, side, side};
    Tensor sums =
        Rearrangements.pad(squares, pad, "constant", 0.0).unfold(1, 2 * side + 1, 1).sum(-1);
    long late = Math.min(side + 1, channels);
    Tensor kept =
        Tensor.cat(
            List.of(
                Tensor.zerosLike(squares.narrow(1, 0, late)),
                squares.narrow(1, 0, 1).expand(-1, channels - late, -1, -1)),
            1);
    return x.mul(sums.add(kept).mul(alpha / size).add(k).pow(-beta));
  }

  @Override
  protected String extraRepr() {
    return "%d, alpha=%s, beta=%s, k=%s".formatted(size, alpha, beta, k);
  }
}
