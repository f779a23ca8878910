package io.gradus.nn.image;

import io.gradus.Tensor;
import io.gradus.nn.Convolutions;
import io.gradus.nn.Layer;
import java.util.Arrays;

/**
 * The windows of images as columns, see {@link Convolutions#unfold}: [n, channels, h, w] to [n,
 * channels · kernel, windows].
 */
public final class Unfold extends Layer {
  private final long[] kernelSize;
  private final long[] dilation;
  private final long[] padding;
  private final long[] stride;

  /** Square windows one step apart. */
  public Unfold(long kernelSize) {
    this(new long[] {kernelSize}, new long[] {1}, new long[] {0}, new long[] {1});
  }

  /** With settings: two numbers each, or one for both dimensions. */
  public Unfold(long[] kernelSize, long[] dilation, long[] padding, long[] stride) {
    this.kernelSize = kernelSize.clone();
    this.dilation = dilation.clone();
    this.padding = padding.clone();
    this.stride = stride.clone();
  }

  @Override
  public Tensor forward(Tensor x) {
    return Convolutions.unfold(x, kernelSize, dilation, padding, stride);
  }

  @Override
  protected String extraRepr() {
    return "kernel_size=%s, dilation=%s, padding=%s, stride=%s"
        .formatted(
            Arrays.toString(kernelSize),
            Arrays.toString(dilation),
            Arrays.toString(padding),
            Arrays.toString(stride));
  }
}
