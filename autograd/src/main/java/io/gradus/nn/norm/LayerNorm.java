package io.gradus.nn.norm;

import io.gradus.Options;
import io.gradus.Tensor;
import io.gradus.nn.Normalizations;
import java.util.Arrays;

/**
 * Normalises over the last dimensions.
 *
 * <p>Input [*, shape]. {@code weight} and {@code bias} have that shape and start at 1 and 0.
 *
 * <p>J. L. Ba et al., "Layer Normalization", 2016.
 */
public final class LayerNorm extends ScaleShift {
  private final long[] shape;
  private final double eps;

  /** Over dimensions of these sizes, with scale and shift, and eps 1e-5. */
  public LayerNorm(long... shape) {
    this(shape, 1e-5, true, true, Options.DEFAULT);
  }

  /**
   * With settings.
   *
   * @param shape sizes of the last dimensions
   * @param eps added to variances
   * @param affine whether each position has a learnt scale
   * @param bias whether it has a shift too
   */
  public LayerNorm(long[] shape, double eps, boolean affine, boolean bias, Options tensors) {
    super(affine, bias, tensors, shape);
    this.shape = shape.clone();
    this.eps = eps;
  }

  @Override
  public Tensor forward(Tensor x) {
    return Normalizations.layerNorm(x, shape, weight(), bias(), eps);
  }

  @Override
  protected String extraRepr() {
    return "%s, eps=%s, elementwise_affine=%s".formatted(Arrays.toString(shape), eps, hasScale());
  }
}
