package io.gradus;

import io.gradus.exec.Executor;
import io.gradus.op.Logic;
import io.gradus.tensor.dtype.Scalar;

/** Truth values (bool results) and bits of whole numbers. */
public sealed interface LogicMethods permits Tensor {
  /** This tensor. */
  Tensor self();

  /** Where both are not 0. */
  default Tensor logicalAnd(Tensor other) {
    return Executor.map(Logic.LOGICAL_AND, self(), other);
  }

  /** Where either is not 0. */
  default Tensor logicalOr(Tensor other) {
    return Executor.map(Logic.LOGICAL_OR, self(), other);
  }

  /** Where exactly one is not 0. */
  default Tensor logicalXor(Tensor other) {
    return Executor.map(Logic.LOGICAL_XOR, self(), other);
  }

  /** Where the element is 0. */
  default Tensor logicalNot() {
    return Executor.map(Logic.LOGICAL_NOT, self());
  }

  /** The bits set in both; whole numbers and bool. */
  default Tensor bitwiseAnd(Tensor other) {
    return Executor.map(Logic.AND, self(), other);
  }

  /** The bits set in both; whole numbers and bool. */
  default Tensor bitwiseAnd(Number other) {
    return Executor.map(Logic.AND_NUMBER, new Tensor[] {self()}, Scalar.of(other));
  }

  /** The bits set in either; whole numbers and bool. */
  default Tensor bitwiseOr(Tensor other) {
    return Executor.map(Logic.OR, self(), other);
  }

  /** The bits set in either; whole numbers and bool. */
  default Tensor bitwiseOr(Number other) {
    return Executor.map(Logic.OR_NUMBER, new Tensor[] {self()}, Scalar.of(other));
  }

  /** The bits set in exactly one; whole numbers and bool. */
  default Tensor bitwiseXor(Tensor other) {
    return Executor.map(Logic.XOR, self(), other);
  }

  /** The bits set in exactly one; whole numbers and bool. */
  default Tensor bitwiseXor(Number other) {
    return Executor.map(Logic.XOR_NUMBER, new Tensor[] {self()}, Scalar.of(other));
  }

  /** The bits of this moved up by other; whole numbers only. */
  default Tensor bitwiseLeftShift(Tensor other) {
    return Executor.map(Logic.SHL, self(), other);
  }

  /** The bits of this moved up by other; whole numbers only. */
  default Tensor bitwiseLeftShift(Number other) {
    return Executor.map(Logic.SHL_NUMBER, new Tensor[] {self()}, Scalar.of(other));
  }

  /** The bits of this moved down by other, keeping the sign; whole numbers only. */
  default Tensor bitwiseRightShift(Tensor other) {
    return Executor.map(Logic.SHR, self(), other);
  }

  /** The bits of this moved down by other, keeping the sign; whole numbers only. */
  default Tensor bitwiseRightShift(Number other) {
    return Executor.map(Logic.SHR_NUMBER, new Tensor[] {self()}, Scalar.of(other));
  }

  /** The bits that are not set; for bool, not. */
  default Tensor bitwiseNot() {
    return Executor.map(Logic.NOT, self());
  }
}
