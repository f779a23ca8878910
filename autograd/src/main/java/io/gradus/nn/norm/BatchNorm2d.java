package io.gradus.nn.norm;

import io.gradus.Options;

/**
 * Normalises each channel over the samples and positions of [n, channels, h, w].
 *
 * <p>S. Ioffe and C. Szegedy, "Batch Normalization", 2015.
 */
public final class BatchNorm2d extends BatchNorm {
  /** With learnt scale and shift, and running statistics. */
  public BatchNorm2d(long channels) {
    this(channels, NormOptions.BATCH);
  }

  /** With options. */
  public BatchNorm2d(long channels, NormOptions options) {
    this(channels, options, Options.DEFAULT);
  }

  /** With a dtype and a device. */
  public BatchNorm2d(long channels, NormOptions options, Options tensors) {
    super("BatchNorm2d", new int[] {4}, channels, options, tensors);
  }
}
