package io.gradus.nn.norm;

import io.gradus.Options;
import io.gradus.Parameter;
import io.gradus.Tensor;
import io.gradus.nn.Init;
import io.gradus.nn.Layer;
import org.jspecify.annotations.Nullable;

/** A learnt scale {@code weight} that starts at 1, and a shift {@code bias} that starts at 0. */
abstract class ScaleShift extends Layer {
  private final @Nullable Parameter weight;
  private final @Nullable Parameter bias;

  ScaleShift(boolean scale, boolean shift, Options tensors, long... shape) {
    this.weight = affine("weight", scale, tensors, shape);
    this.bias = affine("bias", scale && shift, tensors, shape);
    start();
  }

  private @Nullable Parameter affine(String name, boolean wanted, Options tensors, long[] shape) {
    if (wanted) {
      return register(name, new Parameter(Tensor.empty(tensors, shape)));
    }
    registerAbsent(name);
    return null;
  }

  private void start() {
    if (weight != null) {
      Init.ones_(weight);
    }
    if (bias != null) {
      Init.zeros_(bias);
    }
  }

  /** Sets everything to what it is at the start. */
  public void resetParameters() {
    start();
  }

  /** The scale; null without. */
  public final @Nullable Parameter weight() {
    return weight;
  }

  /** The shift; null without. */
  public final @Nullable Parameter bias() {
    return bias;
  }

  final String hasScale() {
    return weight != null ? "True" : "False";
  }
}
