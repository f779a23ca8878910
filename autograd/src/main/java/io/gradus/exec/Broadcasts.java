package io.gradus.exec;

import io.gradus.Tensor;

/** What rules of pointwise operations have in common. */
public final class Broadcasts {
  private Broadcasts() {}

  /** The gradient of an operand that was broadcast and promoted: summed to its shape, cast. */
  public static Tensor undone(Tensor gradient, Tensor operand) {
    return gradient.sumToSize(operand.shape().toArray()).to(operand.dtype());
  }
}
