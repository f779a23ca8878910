package io.gradus.nn;

import io.gradus.Options;
import io.gradus.Parameter;
import io.gradus.Tensor;
import io.gradus.tensor.error.InvalidArgumentException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A bilinear map of two inputs: {@code x1ᵀ Wₒ x2 + bₒ} for each output feature o.
 *
 * <p>Inputs [*, in1] and [*, in2], output [*, out]. {@code weight} is [out, in1, in2], {@code bias}
 * [out]; both start uniform in ±1/√in1.
 */
public final class Bilinear extends Module {
  private final Parameter weight;
  private final @Nullable Parameter bias;

  /** With bias. */
  public Bilinear(long in1, long in2, long out) {
    this(in1, in2, out, true, Options.DEFAULT);
  }

  /** With or without bias, with a dtype and a device. */
  public Bilinear(long in1, long in2, long out, boolean bias, Options tensors) {
    if (in1 < 1 || in2 < 0 || out < 0) {
      throw new InvalidArgumentException(
          "[Bilinear] in1_features must be > 0 and no size negative, but got: %d, %d and %d"
              .formatted(in1, in2, out));
    }
    this.weight = register("weight", new Parameter(Tensor.empty(tensors, out, in1, in2)));
    if (bias) {
      this.bias = register("bias", new Parameter(Tensor.empty(tensors, out)));
    } else {
      this.bias = null;
      registerAbsent("bias");
    }
    resetParameters();
  }

  /** Draws the parameters anew. */
  public void resetParameters() {
    double bound = 1 / Math.sqrt((double) weight.size(1));
    Init.uniform_(weight, -bound, bound);
    if (bias != null) {
      Init.uniform_(bias, -bound, bound);
    }
  }

  /** [out, in1, in2]. */
  public Parameter weight() {
    return weight;
  }

  /** [out]; null for a module without one. */
  public @Nullable Parameter bias() {
    return bias;
  }

  /** The map of two inputs that agree in all but the last dimension. */
  public Tensor call(Tensor x1, Tensor x2) {
    Tensor y = Gates.bilinear(x1, x2, weight, bias);
    ran(List.of(x1, x2), y);
    return y;
  }

  @Override
  protected long multiplyAdds(Tensor input, Tensor output) {
    return output.numel() * (weight.size(1) + 1) * weight.size(2);
  }

  @Override
  protected String extraRepr() {
    return "in1_features=%d, in2_features=%d, out_features=%d, bias=%s"
        .formatted(weight.size(1), weight.size(2), weight.size(0), bias != null ? "True" : "False");
  }
}
