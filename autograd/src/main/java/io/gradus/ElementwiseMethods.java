package io.gradus;

import io.gradus.exec.Executor;
import io.gradus.op.Arithmetic;
import io.gradus.op.Bounds;
import io.gradus.op.Comparisons;
import io.gradus.op.Functions;
import io.gradus.tensor.dtype.Scalar;

/**
 * Operations on each element: results have the broadcast shape and promoted dtype of the operands.
 */
public sealed interface ElementwiseMethods permits Tensor {
  /** This tensor. */
  Tensor self();

  /** {@code this + other}. */
  default Tensor add(Tensor other) {
    return Executor.map(Arithmetic.ADD, self(), other);
  }

  /** {@code this + alpha * other}. */
  default Tensor add(Tensor other, Number alpha) {
    return Executor.map(Arithmetic.ADD_SCALED, new Tensor[] {self(), other}, Scalar.of(alpha));
  }

  /** {@code this + number}. */
  default Tensor add(Number other) {
    return Executor.map(Arithmetic.ADD_NUMBER, new Tensor[] {self()}, Scalar.of(other));
  }

  /** {@code this - other}. */
  default Tensor sub(Tensor other) {
    return Executor.map(Arithmetic.SUB, self(), other);
  }

  /** {@code this - number}. */
  default Tensor sub(Number other) {
    return Executor.map(Arithmetic.SUB_NUMBER, new Tensor[] {self()}, Scalar.of(other));
  }

  /** {@code number - this}. */
  default Tensor rsub(Number other) {
    return Executor.map(Arithmetic.RSUB_NUMBER, new Tensor[] {self()}, Scalar.of(other));
  }

  /** {@code this * other}. */
  default Tensor mul(Tensor other) {
    return Executor.map(Arithmetic.MUL, self(), other);
  }

  /** {@code this * number}. */
  default Tensor mul(Number other) {
    return Executor.map(Arithmetic.MUL_NUMBER, new Tensor[] {self()}, Scalar.of(other));
  }

  /** {@code this / other}; whole numbers become the default floating dtype. */
  default Tensor div(Tensor other) {
    return Executor.map(Arithmetic.DIV, self(), other);
  }

  /** {@code this / number}; whole numbers become the default floating dtype. */
  default Tensor div(Number other) {
    return Executor.map(Arithmetic.DIV_NUMBER, new Tensor[] {self()}, Scalar.of(other));
  }

  /** {@code -this}. */
  default Tensor neg() {
    return Executor.map(Arithmetic.NEG, self());
  }

  /** e to the power of each element. */
  default Tensor exp() {
    return Executor.map(Functions.EXP, self());
  }

  /** Hyperbolic tangent. */
  default Tensor tanh() {
    return Executor.map(Functions.TANH, self());
  }

  /** The larger one of each element and 0. */
  default Tensor relu() {
    return Executor.map(Bounds.RELU, self());
  }

  /** The larger one of each element and {@code min}. */
  default Tensor clampMin(Number min) {
    return Executor.map(Bounds.CLAMP_MIN, new Tensor[] {self()}, Scalar.of(min));
  }

  /** Whether each element is NaN. */
  default Tensor isnan() {
    return Executor.map(Comparisons.ISNAN, self());
  }
}
