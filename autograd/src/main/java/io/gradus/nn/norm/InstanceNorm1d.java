package io.gradus.nn.norm;

import io.gradus.Options;

/**
 * Normalises each channel of each sample over the positions of [n, channels, length] or [channels,
 * length].
 *
 * <p>D. Ulyanov et al., "Instance Normalization", 2016.
 */
public final class InstanceNorm1d extends InstanceNorm {
  /** Without parameters and running statistics. */
  public InstanceNorm1d(long channels) {
    this(channels, NormOptions.INSTANCE);
  }

  /** With options. */
  public InstanceNorm1d(long channels, NormOptions options) {
    this(channels, options, Options.DEFAULT);
  }

  /** With a dtype and a device. */
  public InstanceNorm1d(long channels, NormOptions options, Options tensors) {
    super("InstanceNorm1d", new int[] {2, 3}, channels, options, tensors);
  }
}
