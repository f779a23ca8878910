package io.gradus.nn.norm;

import io.gradus.Options;
import io.gradus.Tensor;
import io.gradus.nn.Normalizations;
import io.gradus.tensor.error.InvalidArgumentException;

/**
 * Normalises groups of channels of each sample.
 *
 * <p>Input [n, channels, …]. {@code weight} and {@code bias} are [channels] and start at 1 and 0.
 *
 * <p>Y. Wu and K. He, "Group Normalization", 2018.
 */
public final class GroupNorm extends ScaleShift {
  private final int groups;
  private final long channels;
  private final double eps;

  /** With scale and shift, and eps 1e-5. */
  public GroupNorm(int groups, long channels) {
    this(groups, channels, 1e-5, true, true, Options.DEFAULT);
  }

  /**
   * With settings.
   *
   * @param groups divides the channels
   * @param eps added to variances
   * @param affine whether each channel has a learnt scale
   * @param bias whether it has a shift too
   */
  public GroupNorm(
      int groups, long channels, double eps, boolean affine, boolean bias, Options tensors) {
    super(affine, bias, tensors, channels);
    if (groups < 1 || channels % groups != 0) {
      throw new InvalidArgumentException(
          "[GroupNorm] num_channels (%d) must be divisible by num_groups (%d)"
              .formatted(channels, groups));
    }
    this.groups = groups;
    this.channels = channels;
    this.eps = eps;
  }

  @Override
  public Tensor forward(Tensor x) {
    return Normalizations.groupNorm(x, groups, weight(), bias(), eps);
  }

  @Override
  protected String extraRepr() {
    return "%d, %d, eps=%s, affine=%s".formatted(groups, channels, eps, hasScale());
  }
}
