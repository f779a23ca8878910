package io.gradus;

import io.gradus.exec.InPlace;
import io.gradus.op.Comparisons;
import io.gradus.op.Logic;
import io.gradus.tensor.dtype.Scalar;

/** Comparisons, truth values and bits that overwrite this tensor, whose dtype stays. */
public sealed interface InPlaceLogicMethods permits Tensor {
  /** This tensor. */
  Tensor self();

  /** {@link Tensor#eq(Tensor)} in place. */
  default Tensor eq_(Tensor other) {
    return InPlace.map(Comparisons.EQ, new Tensor[] {self(), other});
  }

  /** {@link Tensor#eq(Number)} in place. */
  default Tensor eq_(Number other) {
    return InPlace.map(Comparisons.EQ_NUMBER, new Tensor[] {self()}, Scalar.of(other));
  }

  /** {@link Tensor#ne(Tensor)} in place. */
  default Tensor ne_(Tensor other) {
    return InPlace.map(Comparisons.NE, new Tensor[] {self(), other});
  }

  /** {@link Tensor#ne(Number)} in place. */
  default Tensor ne_(Number other) {
    return InPlace.map(Comparisons.NE_NUMBER, new Tensor[] {self()}, Scalar.of(other));
  }

  /** {@link Tensor#lt(Tensor)} in place. */
  default Tensor lt_(Tensor other) {
    return InPlace.map(Comparisons.LT, new Tensor[] {self(), other});
  }

  /** {@link Tensor#lt(Number)} in place. */
  default Tensor lt_(Number other) {
    return InPlace.map(Comparisons.LT_NUMBER, new Tensor[] {self()}, Scalar.of(other));
  }

  /** {@link Tensor#le(Tensor)} in place. */
  default Tensor le_(Tensor other) {
    return InPlace.map(Comparisons.LE, new Tensor[] {self(), other});
  }

  /** {@link Tensor#le(Number)} in place. */
  default Tensor le_(Number other) {
    return InPlace.map(Comparisons.LE_NUMBER, new Tensor[] {self()}, Scalar.of(other));
  }

  /** {@link Tensor#gt(Tensor)} in place. */
  default Tensor gt_(Tensor other) {
    return InPlace.map(Comparisons.GT, new Tensor[] {self(), other});
  }

  /** {@link Tensor#gt(Number)} in place. */
  default Tensor gt_(Number other) {
    return InPlace.map(Comparisons.GT_NUMBER, new Tensor[] {self()}, Scalar.of(other));
  }

  /** {@link Tensor#ge(Tensor)} in place. */
  default Tensor ge_(Tensor other) {
    return InPlace.map(Comparisons.GE, new Tensor[] {self(), other});
  }

  /** {@link Tensor#ge(Number)} in place. */
  default Tensor ge_(Number other) {
    return InPlace.map(Comparisons.GE_NUMBER, new Tensor[] {self()}, Scalar.of(other));
  }

  /** {@link Tensor#logicalAnd(Tensor)} in place. */
  default Tensor logicalAnd_(Tensor other) {
    return InPlace.map(Logic.LOGICAL_AND, new Tensor[] {self(), other});
  }

  /** {@link Tensor#logicalOr(Tensor)} in place. */
  default Tensor logicalOr_(Tensor other) {
    return InPlace.map(Logic.LOGICAL_OR, new Tensor[] {self(), other});
  }

  /** {@link Tensor#logicalXor(Tensor)} in place. */
  default Tensor logicalXor_(Tensor other) {
    return InPlace.map(Logic.LOGICAL_XOR, new Tensor[] {self(), other});
  }

  /** {@link Tensor#logicalNot()} in place. */
  default Tensor logicalNot_() {
    return InPlace.map(Logic.LOGICAL_NOT, new Tensor[] {self()});
  }

  /** {@link Tensor#bitwiseNot()} in place. */
  default Tensor bitwiseNot_() {
    return InPlace.map(Logic.NOT, new Tensor[] {self()});
  }

  /** {@link Tensor#bitwiseAnd(Tensor)} in place. */
  default Tensor bitwiseAnd_(Tensor other) {
    return InPlace.map(Logic.AND, new Tensor[] {self(), other});
  }

  /** {@link Tensor#bitwiseAnd(Number)} in place. */
  default Tensor bitwiseAnd_(Number other) {
    return InPlace.map(Logic.AND_NUMBER, new Tensor[] {self()}, Scalar.of(other));
  }

  /** {@link Tensor#bitwiseOr(Tensor)} in place. */
  default Tensor bitwiseOr_(Tensor other) {
    return InPlace.map(Logic.OR, new Tensor[] {self(), other});
  }

  /** {@link Tensor#bitwiseOr(Number)} in place. */
  default Tensor bitwiseOr_(Number other) {
    return InPlace.map(Logic.OR_NUMBER, new Tensor[] {self()}, Scalar.of(other));
  }

  /** {@link Tensor#bitwiseXor(Tensor)} in place. */
  default Tensor bitwiseXor_(Tensor other) {
    return InPlace.map(Logic.XOR, new Tensor[] {self(), other});
  }

  /** {@link Tensor#bitwiseXor(Number)} in place. */
  default Tensor bitwiseXor_(Number other) {
    return InPlace.map(Logic.XOR_NUMBER, new Tensor[] {self()}, Scalar.of(other));
  }

  /** {@link Tensor#bitwiseLeftShift(Tensor)} in place. */
  default Tensor bitwiseLeftShift_(Tensor other) {
    return InPlace.map(Logic.SHL, new Tensor[] {self(), other});
  }

  /** {@link Tensor#bitwiseLeftShift(Number)} in place. */
  default Tensor bitwiseLeftShift_(Number other) {
    return InPlace.map(Logic.SHL_NUMBER, new Tensor[] {self()}, Scalar.of(other));
  }

  /** {@link Tensor#bitwiseRightShift(Tensor)} in place. */
  default Tensor bitwiseRightShift_(Tensor other) {
    return InPlace.map(Logic.SHR, new Tensor[] {self(), other});
  }

  /** {@link Tensor#bitwiseRightShift(Number)} in place. */
  default Tensor bitwiseRightShift_(Number other) {
    return InPlace.map(Logic.SHR_NUMBER, new Tensor[] {self()}, Scalar.of(other));
  }
}
