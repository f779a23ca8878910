package io.gradus.nn;

import io.gradus.Tensor;
import java.util.List;

/** A module from a prediction and a target to a loss. */
public abstract class Loss extends Module {
  /** A loss. */
  protected Loss() {}

  /** The loss of {@code input} against {@code target}. */
  public abstract Tensor forward(Tensor input, Tensor target);

  /** {@link #forward}. */
  public final Tensor call(Tensor input, Tensor target) {
    Tensor loss = forward(input, target);
    ran(List.of(input, target), loss);
    return loss;
  }
}
