package io.gradus.nn;

import java.util.List;

/**
 * How a convolution moves over its input. A list has one number for each spatial dimension, or a
 * single one for all.
 *
 * @param stride steps between windows
 * @param padding zeros on both sides of each dimension
 * @param same pads so that the output has the size of the input; {@code padding} is then unused
 * @param dilation steps within a window
 * @param groups into how many parts the channels fall, each convolved by itself
 * @param outputPadding added to one side of the output of a transposed convolution
 */
public record ConvOptions(
    List<Long> stride,
    List<Long> padding,
    boolean same,
    List<Long> dilation,
    long groups,
    List<Long> outputPadding) {
  /** Every window, no padding, one group. */
  public static final ConvOptions DEFAULT =
      new ConvOptions(List.of(1L), List.of(0L), false, List.of(1L), 1, List.of(0L));

  /** Options; see the parameters of the record. */
  public ConvOptions {
    stride = List.copyOf(stride);
    padding = List.copyOf(padding);
    dilation = List.copyOf(dilation);
    outputPadding = List.copyOf(outputPadding);
  }

  /** With a stride. */
  public ConvOptions stride(long... steps) {
    return new ConvOptions(list(steps), padding, same, dilation, groups, outputPadding);
  }

  /** With zeros around the input. */
  public ConvOptions padding(long... zeros) {
    return new ConvOptions(stride, list(zeros), false, dilation, groups, outputPadding);
  }

  /** With as many zeros as keep the size; needs a stride of 1. */
  public ConvOptions samePadding() {
    return new ConvOptions(stride, padding, true, dilation, groups, outputPadding);
  }

  /** With a dilation. */
  public ConvOptions dilation(long... steps) {
    return new ConvOptions(stride, padding, same, list(steps), groups, outputPadding);
  }

  /** With groups of channels. */
  public ConvOptions groups(long count) {
    return new ConvOptions(stride, padding, same, dilation, count, outputPadding);
  }

  /** With a larger output, for transposed convolutions. */
  public ConvOptions outputPadding(long... more) {
    return new ConvOptions(stride, padding, same, dilation, groups, list(more));
  }

  private static List<Long> list(long[] values) {
    return java.util.Arrays.stream(values).boxed().toList();
  }

  static long[] array(List<Long> values) {
    return values.stream().mapToLong(Long::longValue).toArray();
  }
}
