package io.gradus.nn.pool;

import io.gradus.Tensor;
import io.gradus.ValuesIndices;
import io.gradus.nn.FractionalPooling;
import io.gradus.nn.Layer;

/**
 * The largest element of windows whose steps are drawn at random, of volumes [batch, channels, d,
 * h, w]; see {@link FractionalPooling}.
 */
public final class FractionalMaxPool3d extends Layer {
  private final long[] kernelSize;
  private final long[] outputSize;

  /**
   * Windows of a size, and the sizes of the result.
   *
   * @param kernelSize one number for each dimension or a single one for all
   * @param outputSize likewise
   */
  public FractionalMaxPool3d(long[] kernelSize, long... outputSize) {
    this.kernelSize = kernelSize.clone();
    this.outputSize = outputSize.clone();
  }

  @Override
  public Tensor forward(Tensor x) {
    return forwardWithIndices(x).values();
  }

  /** As {@link #forward}, with the position of each element in the flattened input positions. */
  public ValuesIndices forwardWithIndices(Tensor x) {
    return FractionalPooling.fractionalMaxPool(x, 3, kernelSize, outputSize, null);
  }

  @Override
  protected String extraRepr() {
    return "kernel_size=%s, output_size=%s"
        .formatted(Windowed.sizes(kernelSize), Windowed.sizes(outputSize));
  }
}
