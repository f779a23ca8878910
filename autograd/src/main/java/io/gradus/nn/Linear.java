package io.gradus.nn;

import io.gradus.Options;
import io.gradus.Parameter;
import io.gradus.Tensor;
import io.gradus.tensor.error.InvalidArgumentException;
import org.jspecify.annotations.Nullable;

/**
 * An affine map of the last dimension: {@code y = x Wᵀ + b}.
 *
 * <p>Input [*, in], output [*, out]. {@code weight} is [out, in], {@code bias} [out]; both start
 * uniform in ±1/√in.
 */
public final class Linear extends Layer {
  private final long inFeatures;
  private final long outFeatures;
  private final Parameter weight;
  private final @Nullable Parameter bias;

  /** With bias. */
  public Linear(long inFeatures, long outFeatures) {
    this(inFeatures, outFeatures, true);
  }

  /** With or without bias. */
  public Linear(long inFeatures, long outFeatures, boolean bias) {
    this(inFeatures, outFeatures, bias, Options.DEFAULT);
  }

  /** With a dtype and a device. */
  public Linear(long inFeatures, long outFeatures, boolean bias, Options options) {
    if (inFeatures < 0 || outFeatures < 0) {
      throw new InvalidArgumentException(
          "[Linear] sizes must not be negative: in %d, out %d".formatted(inFeatures, outFeatures));
    }
    this.inFeatures = inFeatures;
    this.outFeatures = outFeatures;
    this.weight = register("weight", new Parameter(Tensor.empty(options, outFeatures, inFeatures)));
    if (bias) {
      this.bias = register("bias", new Parameter(Tensor.empty(options, outFeatures)));
    } else {
      this.bias = null;
      registerAbsent("bias");
    }
    resetParameters();
  }

  /** Draws the parameters anew. */
  public void resetParameters() {
    Init.kaimingUniform_(weight, Math.sqrt(5), Init.Fan.IN, Init.Nonlinearity.LEAKY_RELU);
    if (bias != null && inFeatures > 0) {
      double bound = 1 / Math.sqrt((double) inFeatures);
      Init.uniform_(bias, -bound, bound);
    }
  }

  /** [out, in]. */
  public Parameter weight() {
    return weight;
  }

  /** [out]; null for a layer without one. */
  public @Nullable Parameter bias() {
    return bias;
  }

  @Override
  public Tensor forward(Tensor x) {
    return Functional.linear(x, weight, bias);
  }

  @Override
  protected long multiplyAdds(Tensor input, Tensor output) {
    return output.numel() * inFeatures;
  }

  @Override
  protected String extraRepr() {
    return "in_features=%d, out_features=%d, bias=%s"
        .formatted(inFeatures, outFeatures, bias != null ? "True" : "False");
  }
}
