package io.gradus;

import io.gradus.exec.Executor;
import io.gradus.op.Comparisons;
import io.gradus.tensor.dtype.DType;
import io.gradus.tensor.dtype.Scalar;
import io.gradus.tensor.error.DTypeException;
import io.gradus.tensor.error.InvalidArgumentException;

/** Comparisons and tests of each element; the results are bool and take no gradient. */
public sealed interface ComparisonMethods permits Tensor {
  /** This tensor. */
  Tensor self();

  /** Where this = other. */
  default Tensor eq(Tensor other) {
    return Executor.map(Comparisons.EQ, self(), other);
  }

  /** Where this = a number. */
  default Tensor eq(Number other) {
    return Executor.map(Comparisons.EQ_NUMBER, new Tensor[] {self()}, Scalar.of(other));
  }

  /** Where this is not other. */
  default Tensor ne(Tensor other) {
    return Executor.map(Comparisons.NE, self(), other);
  }

  /** Where this is not a number. */
  default Tensor ne(Number other) {
    return Executor.map(Comparisons.NE_NUMBER, new Tensor[] {self()}, Scalar.of(other));
  }

  /** Where this &lt; other. */
  default Tensor lt(Tensor other) {
    return Executor.map(Comparisons.LT, self(), other);
  }

  /** Where this &lt; a number. */
  default Tensor lt(Number other) {
    return Executor.map(Comparisons.LT_NUMBER, new Tensor[] {self()}, Scalar.of(other));
  }

  /** Where this &lt;= other. */
  default Tensor le(Tensor other) {
    return Executor.map(Comparisons.LE, self(), other);
  }

  /** Where this &lt;= a number. */
  default Tensor le(Number other) {
    return Executor.map(Comparisons.LE_NUMBER, new Tensor[] {self()}, Scalar.of(other));
  }

  /** Where this &gt; other. */
  default Tensor gt(Tensor other) {
    return Executor.map(Comparisons.GT, self(), other);
  }

  /** Where this &gt; a number. */
  default Tensor gt(Number other) {
    return Executor.map(Comparisons.GT_NUMBER, new Tensor[] {self()}, Scalar.of(other));
  }

  /** Where this &gt;= other. */
  default Tensor ge(Tensor other) {
    return Executor.map(Comparisons.GE, self(), other);
  }

  /** Where this &gt;= a number. */
  default Tensor ge(Number other) {
    return Executor.map(Comparisons.GE_NUMBER, new Tensor[] {self()}, Scalar.of(other));
  }

  /** Where an element is NaN. */
  default Tensor isnan() {
    return Executor.map(Comparisons.ISNAN, self());
  }

  /** Where an element is inf or -inf. */
  default Tensor isinf() {
    return Executor.map(Comparisons.ISINF, self());
  }

  /** Where an element is neither infinite nor NaN. */
  default Tensor isfinite() {
    return Executor.map(Comparisons.ISFINITE, self());
  }

  /** Where an element is inf. */
  default Tensor isposinf() {
    return Executor.map(Comparisons.ISPOSINF, self());
  }

  /** Where an element is -inf. */
  default Tensor isneginf() {
    return Executor.map(Comparisons.ISNEGINF, self());
  }

  /** True everywhere: there are no complex numbers here. */
  default Tensor isreal() {
    return Executor.map(Comparisons.ISREAL, self());
  }

  /** {@link #isclose(Tensor, double, double, boolean)} with 1e-5, 1e-8 and NaN not close to NaN. */
  default Tensor isclose(Tensor other) {
    return isclose(other, 1e-5, 1e-8, false);
  }

  /**
   * Where {@code |this - other| <= atol + rtol * |other|}, or both are equal.
   *
   * @param equalNan whether NaN is close to NaN
   * @throws DTypeException if the dtypes differ
   * @throws InvalidArgumentException for negative tolerances
   */
  default Tensor isclose(Tensor other, double rtol, double atol, boolean equalNan) {
    Tensor t = self();
    if (t.dtype() != other.dtype()) {
      throw new DTypeException(
          "[isclose] %s did not match %s; convert one of them".formatted(t.dtype(), other.dtype()));
    }
    if (!(rtol >= 0)) {
      throw new InvalidArgumentException(
          "[isclose] rtol must be greater than or equal to zero, but got " + rtol);
    }
    if (!(atol >= 0)) {
      throw new InvalidArgumentException(
          "[isclose] atol must be greater than or equal to zero, but got " + atol);
    }
    if (!t.dtype().isFloating()) {
      Tensor same = t.eq(other);
      return rtol == 0 && atol == 0
          ? same
          : same.logicalOr(t.to(DType.F64).isclose(other.to(DType.F64), rtol, atol, equalNan));
    }
    return Executor.map(
        equalNan ? Comparisons.ISCLOSE_NAN : Comparisons.ISCLOSE,
        new Tensor[] {t, other},
        Scalar.of(rtol),
        Scalar.of(atol));
  }

  /** Whether all elements are close, see {@link #isclose(Tensor)}. */
  default boolean allclose(Tensor other) {
    return allclose(other, 1e-5, 1e-8, false);
  }

  /** {@link #allclose(Tensor, double, double, boolean)}; NaN is close to nothing. */
  default boolean allclose(Tensor other, double rtol, double atol) {
    return allclose(other, rtol, atol, false);
  }

  /** Whether all elements are close. */
  default boolean allclose(Tensor other, double rtol, double atol, boolean equalNan) {
    return isclose(other, rtol, atol, equalNan).logicalNot().any().item().longValue() == 0;
  }

  /** Whether shape and all elements are equal; NaN equals nothing. */
  default boolean equal(Tensor other) {
    Tensor t = self();
    return t.shape().equals(other.shape()) && t.ne(other).any().item().longValue() == 0;
  }
}
