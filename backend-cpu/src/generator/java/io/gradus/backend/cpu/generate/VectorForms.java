package io.gradus.backend.cpu.generate;

import io.gradus.tensor.dtype.ComputeType;
import io.gradus.tensor.kernel.ScalarOp;

/** Which primitive operations are done on whole vectors. */
final class VectorForms {
  private VectorForms() {}

  static boolean exists(ScalarOp op, ComputeType type) {
    return switch (op) {
      case ADD, SUB, MUL, NEG, ABS, SIGN, MIN, MAX -> true;
      case DIV, FMA, SQRT, FLOOR, CEIL, ROUND, TRUNC, FMIN, FMAX, COPYSIGN -> type.isFloating();
      case AND, OR, XOR, NOT, SHL, SHR, USHR -> !type.isFloating();
      case EQ, NE, LT, LE, GT, GE, WHERE, TO_BITS, FROM_BITS -> true;
      default -> false;
    };
  }
}
