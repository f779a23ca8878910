package io.gradus.nn.norm;

import io.gradus.Options;

/**
 * Normalises each channel over the samples and positions of [n, channels] or [n, channels, length].
 *
 * <p>S. Ioffe and C. Szegedy, "Batch Normalization", 2015.
 */
public final class BatchNorm1d extends BatchNorm {
  /** With learnt scale and shift, and running statistics. */
  public BatchNorm1d(long channels) {
    this(channels, NormOptions.BATCH);
  }

  /** With options. */
  public BatchNorm1d(long channels, NormOptions options) {
    this(channels, options, Options.DEFAULT);
  }

  /** With a dtype and a device. */
  public BatchNorm1d(long channels, NormOptions options, Options tensors) {
    super("BatchNorm1d", new int[] {2, 3}, channels, options, tensors);
  }
}
