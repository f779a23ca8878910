package io.gradus.nn.norm;

import io.gradus.Options;

/**
 * Normalises each channel of each sample over the positions of [n, channels, d, h, w] or [channels,
 * d, h, w].
 *
 * <p>D. Ulyanov et al., "Instance Normalization", 2016.
 */
public final class InstanceNorm3d extends InstanceNorm {
  /** Without parameters and running statistics. */
  public InstanceNorm3d(long channels) {
    this(channels, NormOptions.INSTANCE);
  }

  /** With options. */
  public InstanceNorm3d(long channels, NormOptions options) {
    this(channels, options, Options.DEFAULT);
  }

  /** With a dtype and a device. */
  public InstanceNorm3d(long channels, NormOptions options, Options tensors) {
    super("InstanceNorm3d", new int[] {4, 5}, channels, options, tensors);
  }
}
