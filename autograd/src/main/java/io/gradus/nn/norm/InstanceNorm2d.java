package io.gradus.nn.norm;

import io.gradus.Options;

/**
 * Normalises each channel of each sample over the positions of [n, channels, h, w] or [channels, h,
 * w].
 *
 * <p>D. Ulyanov et al., "Instance Normalization", 2016.
 */
public final class InstanceNorm2d extends InstanceNorm {
  /** Without parameters and running statistics. */
  public InstanceNorm2d(long channels) {
    this(channels, NormOptions.INSTANCE);
  }

  /** With options. */
  public InstanceNorm2d(long channels, NormOptions options) {
    this(channels, options, Options.DEFAULT);
  }

  /** With a dtype and a device. */
  public InstanceNorm2d(long channels, NormOptions options, Options tensors) {
    super("InstanceNorm2d", new int[] {3, 4}, channels, options, tensors);
  }
}
