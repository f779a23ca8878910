package io.gradus.nn.norm;

import org.jspecify.annotations.Nullable;

/**
 * How statistics are used and kept.
 *
 * @param eps added to variances
 * @param momentum share of new statistics in the running ones; null for the mean of all so far
 * @param affine whether each channel has a learnt scale, and a shift
 * @param bias whether there is a shift as well as a scale
 * @param trackRunningStats whether statistics are kept for evaluation
 */
public record NormOptions(
    double eps,
    @Nullable Double momentum,
    boolean affine,
    boolean bias,
    boolean trackRunningStats) {
  /** The usual ones over batches: scale and shift, and running statistics. */
  public static final NormOptions BATCH = new NormOptions(1e-5, 0.1, true, true, true);

  /** The usual ones over single samples: neither parameters nor running statistics. */
  public static final NormOptions INSTANCE = new NormOptions(1e-5, 0.1, false, true, false);

  /** With another epsilon. */
  public NormOptions eps(double value) {
    return new NormOptions(value, momentum, affine, bias, trackRunningStats);
  }

  /** With another momentum; null for the mean of all batches. */
  public NormOptions momentum(@Nullable Double value) {
    return new NormOptions(eps, value, affine, bias, trackRunningStats);
  }

  /** With or without parameters. */
  public NormOptions affine(boolean flag) {
    return new NormOptions(eps, momentum, flag, bias, trackRunningStats);
  }

  /** With or without a shift. */
  public NormOptions bias(boolean flag) {
    return new NormOptions(eps, momentum, affine, flag, trackRunningStats);
  }

  /** With or without running statistics. */
  public NormOptions trackRunningStats(boolean flag) {
    return new NormOptions(eps, momentum, affine, bias, flag);
  }
}
