package io.gradus.nn.image;

import io.gradus.Tensor;
import io.gradus.nn.Convolutions;
import io.gradus.nn.Layer;
import java.util.Arrays;

/**
 * Adds columns up as windows of images, see {@link Convolutions#fold}: [n, channels · kernel,
 * windows] to [n, channels, h, w].
 */
public final class Fold extends Layer {
  private final long[] outputSize;
  private final long[] kernelSize;
  private final long[] dilation;
  private final long[] padding;
  private final long[] stride;

  /** Windows one step apart; the sizes have two numbers each, or one for both dimensions. */
  public Fold(long[] outputSize, long... kernelSize) {
    this(outputSize, kernelSize, new long[] {1}, new long[] {0}, new long[] {1});
  }

  /** With settings: two numbers each, or one for both dimensions. */
  public Fold(
      long[] outputSize, long[] kernelSize, long[] dilation, long[] padding, long[] stride) {
    this.outputSize = outputSize.clone();
    this.kernelSize = kernelSize.clone();
    this.dilation = dilation.clone();
    this.padding = padding.clone();
    this.stride = stride.clone();
  }

  @Override
  public Tensor forward(Tensor x) {
    return Convolutions.fold(x, outputSize, kernelSize, dilation, padding, stride);
  }

  @Override
  protected String extraRepr() {
    return "output_size=%s, kernel_size=%s, dilation=%s, padding=%s, stride=%s"
        .formatted(
            Arrays.toString(outputSize),
            Arrays.toString(kernelSize),
            Arrays.toString(dilation),
            Arrays.toString(padding),
            Arrays.toString(stride));
  }
}
