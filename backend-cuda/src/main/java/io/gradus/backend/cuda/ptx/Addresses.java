package io.gradus.backend.cuda.ptx;

import io.gradus.backend.cuda.plan.Argument;
import io.gradus.tensor.kernel.Operand;

/** Where operands begin. */
final class Addresses {
  private Addresses() {}

  /** The first coordinate's element. */
  static Argument of(Operand operand) {
    return new Argument.Address(
        operand.storage(), operand.layout().offset() * operand.dtype().byteSize());
  }
}
