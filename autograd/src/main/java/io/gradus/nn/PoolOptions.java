package io.gradus.nn;

import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How a pooling window moves over its input. A list has one number for each spatial dimension, or a
 * single one for all.
 *
 * @param kernel sizes of the window
 * @param stride steps between windows; empty for the size of the window
 * @param padding on both sides: minus infinity for a maximum, 0 for a mean
 * @param dilation steps within a window; for maxima only
 * @param ceilMode whether a last window may reach over the end
 * @param countIncludePad whether a mean counts the padding
 * @param divisorOverride what a mean divides by, null for the size of the window
 */
public record PoolOptions(
    List<Long> kernel,
    List<Long> stride,
    List<Long> padding,
    List<Long> dilation,
    boolean ceilMode,
    boolean countIncludePad,
    @Nullable Long divisorOverride) {
  /** Options; see the parameters of the record. */
  public PoolOptions {
    kernel = List.copyOf(kernel);
    stride = List.copyOf(stride);
    padding = List.copyOf(padding);
    dilation = List.copyOf(dilation);
  }

  /** Windows of a size next to each other. */
  public static PoolOptions of(long... kernel) {
    return new PoolOptions(list(kernel), List.of(), List.of(0L), List.of(1L), false, true, null);
  }

  /** With a stride. */
  public PoolOptions stride(long... steps) {
    return new PoolOptions(
        kernel, list(steps), padding, dilation, ceilMode, countIncludePad, divisorOverride);
  }

  /** With padding. */
  public PoolOptions padding(long... sizes) {
    return new PoolOptions(
        kernel, stride, list(sizes), dilation, ceilMode, countIncludePad, divisorOverride);
  }

  /** With a dilation. */
  public PoolOptions dilation(long... steps) {
    return new PoolOptions(
        kernel, stride, padding, list(steps), ceilMode, countIncludePad, divisorOverride);
  }

  /** Whether a last window may reach over the end. */
  public PoolOptions ceilMode(boolean flag) {
    return new PoolOptions(
        kernel, stride, padding, dilation, flag, countIncludePad, divisorOverride);
  }

  /** Whether a mean counts the padding. */
  public PoolOptions countIncludePad(boolean flag) {
    return new PoolOptions(kernel, stride, padding, dilation, ceilMode, flag, divisorOverride);
  }

  /** What a mean divides by. */
  public PoolOptions divisorOverride(@Nullable Long divisor) {
    return new PoolOptions(kernel, stride, padding, dilation, ceilMode, countIncludePad, divisor);
  }

  private static List<Long> list(long[] values) {
    return Arrays.stream(values).boxed().toList();
  }
}
