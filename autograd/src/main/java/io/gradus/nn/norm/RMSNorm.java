package io.gradus.nn.norm;

import io.gradus.Options;
import io.gradus.Tensor;
import io.gradus.nn.Normalizations;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Divides by the root of the mean square over the last dimensions.
 *
 * <p>Input [*, shape]. {@code weight} has that shape and starts at 1; there is no bias.
 *
 * <p>B. Zhang and R. Sennrich, "Root Mean Square Layer Normalization", 2019.
 */
public final class RMSNorm extends ScaleShift {
  private final long[] shape;
  private final @Nullable Double eps;

  /** Over dimensions of these sizes, with a scale; eps is that of the dtype. */
  public RMSNorm(long... shape) {
    this(shape, null, true, Options.DEFAULT);
  }

  /**
   * With settings.
   *
   * @param shape sizes of the last dimensions
   * @param eps added to mean squares; null for the rounding unit of the dtype
   * @param affine whether each position has a learnt scale
   */
  public RMSNorm(long[] shape, @Nullable Double eps, boolean affine, Options tensors) {
    super(affine, false, tensors, shape);
    this.shape = shape.clone();
    this.eps = eps;
  }

  @Override
  public Tensor forward(Tensor x) {
    return Normalizations.rmsNorm(x, shape, weight(), eps);
  }

  @Override
  protected String extraRepr() {
    return "%s, eps=%s, elementwise_affine=%s"
        .formatted(Arrays.toString(shape), eps == null ? "None" : eps, hasScale());
  }
}
