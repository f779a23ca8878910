package io.gradus;

import io.gradus.exec.Executor;
import io.gradus.op.Arithmetic;
import io.gradus.op.Division;
import io.gradus.tensor.dtype.DType;
import io.gradus.tensor.dtype.Scalar;
import io.gradus.tensor.error.DTypeException;
import io.gradus.tensor.error.InvalidArgumentException;
import io.gradus.tensor.error.NumericalException;

/**
 * Arithmetic on each element: results have the broadcast shape and promoted dtype of the operands.
 *
 * <p>Whole numbers wrap on overflow; dividing them by zero with a rounded result is an error.
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
    Operands.checkAlpha("add", alpha, self(), other);
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

  /** {@code this - alpha * other}. */
  default Tensor sub(Tensor other, Number alpha) {
    Operands.checkAlpha("sub", alpha, self(), other);
    return Executor.map(Arithmetic.SUB_SCALED, new Tensor[] {self(), other}, Scalar.of(alpha));
  }

  /** {@code this - number}. */
  default Tensor sub(Number other) {
    return Executor.map(Arithmetic.SUB_NUMBER, new Tensor[] {self()}, Scalar.of(other));
  }

  /** {@code number - this}. */
  default Tensor rsub(Number other) {
    return Executor.map(Arithmetic.RSUB_NUMBER, new Tensor[] {self()}, Scalar.of(other));
  }

  /** {@code other - alpha * this}. */
  default Tensor rsub(Tensor other, Number alpha) {
    return other.sub(self(), alpha);
  }

  /** {@code other - this}. */
  default Tensor rsub(Tensor other) {
    return other.sub(self());
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
    return Executor.map(Division.DIV, self(), other);
  }

  /** {@code this / number}; whole numbers become the default floating dtype. */
  default Tensor div(Number other) {
    return Executor.map(Division.DIV_NUMBER, new Tensor[] {self()}, Scalar.of(other));
  }

  /** {@code number / this}; whole numbers become the default floating dtype. */
  default Tensor rdiv(Number other) {
    return Executor.map(Division.RDIV_NUMBER, new Tensor[] {self()}, Scalar.of(other));
  }

  /** {@link #div(Tensor)}. */
  default Tensor trueDivide(Tensor other) {
    return div(other);
  }

  /** {@link #div(Number)}. */
  default Tensor trueDivide(Number other) {
    return div(other);
  }

  /**
   * {@code this / other}, rounded down or toward zero; whole numbers stay whole.
   *
   * @throws NumericalException for a whole-number divisor of 0
   */
  default Tensor div(Tensor other, RoundingMode roundingMode) {
    return switch (roundingMode) {
      case NONE -> div(other);
      case FLOOR -> Executor.map(Division.FLOOR, self(), other);
      case TRUNC -> Executor.map(Division.TRUNC, self(), other);
    };
  }

  /** As {@link #div(Tensor, RoundingMode)}, by a number. */
  default Tensor div(Number other, RoundingMode roundingMode) {
    return switch (roundingMode) {
      case NONE -> div(other);
      case FLOOR -> Executor.map(Division.FLOOR_NUMBER, new Tensor[] {self()}, Scalar.of(other));
      case TRUNC -> Executor.map(Division.TRUNC_NUMBER, new Tensor[] {self()}, Scalar.of(other));
    };
  }

  /** {@code this / other} rounded down. */
  default Tensor floorDivide(Tensor other) {
    return div(other, RoundingMode.FLOOR);
  }

  /** {@code this / number} rounded down. */
  default Tensor floorDivide(Number other) {
    return div(other, RoundingMode.FLOOR);
  }

  /** {@code number / this} rounded down. */
  default Tensor rfloorDivide(Number other) {
    return Executor.map(Division.RFLOOR_NUMBER, new Tensor[] {self()}, Scalar.of(other));
  }

  /** What {@link #floorDivide} leaves; has the sign of the divisor. */
  default Tensor remainder(Tensor other) {
    return Executor.map(Division.REMAINDER, self(), other);
  }

  /** What {@link #floorDivide} leaves; has the sign of the divisor. */
  default Tensor remainder(Number other) {
    return Executor.map(Division.REMAINDER_NUMBER, new Tensor[] {self()}, Scalar.of(other));
  }

  /** What division toward zero leaves; has the sign of the dividend. */
  default Tensor fmod(Tensor other) {
    return Executor.map(Division.FMOD, self(), other);
  }

  /** What division toward zero leaves; has the sign of the dividend. */
  default Tensor fmod(Number other) {
    return Executor.map(Division.FMOD_NUMBER, new Tensor[] {self()}, Scalar.of(other));
  }

  /** {@code this} to the power {@code other}. */
  default Tensor pow(Tensor other) {
    return Executor.map(Arithmetic.POW, self(), other);
  }

  /**
   * {@code this} to the power of a number.
   *
   * @throws InvalidArgumentException for whole numbers to a negative whole power
   */
  default Tensor pow(Number exponent) {
    if (Operands.squares(self(), exponent)) {
      return Executor.map(Arithmetic.SQUARE, self());
    }
    Operands.checkExponent(self(), exponent);
    return Executor.map(Arithmetic.POW_NUMBER, new Tensor[] {self()}, Scalar.of(exponent));
  }

  /** {@code number} to the power {@code this}. */
  default Tensor rpow(Number base) {
    return Executor.map(Arithmetic.RPOW_NUMBER, new Tensor[] {self()}, Scalar.of(base));
  }

  /** {@link #pow(Tensor)} computed in f64. */
  default Tensor floatPower(Tensor exponent) {
    return self().to(DType.F64).pow(exponent.to(DType.F64));
  }

  /** {@link #pow(Number)} computed in f64. */
  default Tensor floatPower(Number exponent) {
    return self().to(DType.F64).pow(exponent.doubleValue());
  }

  /** {@code this * 2^other}. */
  default Tensor ldexp(Tensor other) {
    return mul(other.rpow(2.0));
  }

  /** The square. */
  default Tensor square() {
    Tensor t = self();
    return Executor.map(Arithmetic.SQUARE, t.dtype() == DType.BOOL ? t.to(DType.I64) : t);
  }

  /** {@code -this}. */
  default Tensor neg() {
    return Executor.map(Arithmetic.NEG, self());
  }

  /** The absolute value. */
  default Tensor abs() {
    return Executor.map(Arithmetic.ABS, self());
  }

  /** -1, 0 or 1; 0 for NaN. */
  default Tensor sign() {
    return Executor.map(Arithmetic.SIGN, self());
  }

  /** As {@link #sign}: there are no complex numbers here. */
  default Tensor sgn() {
    return Executor.map(Arithmetic.SGN, self());
  }

  /** This tensor. */
  default Tensor positive() {
    Operands.refuseBool(self());
    return self();
  }

  /** 1 / this; whole numbers become the default floating dtype. */
  default Tensor reciprocal() {
    return Executor.map(Division.RECIPROCAL, self());
  }

  /** {@code this + tensor1 * tensor2}. */
  default Tensor addcmul(Tensor tensor1, Tensor tensor2) {
    return addcmul(tensor1, tensor2, 1);
  }

  /** {@code this + value * tensor1 * tensor2}. */
  default Tensor addcmul(Tensor tensor1, Tensor tensor2, Number value) {
    return Executor.map(
        Arithmetic.ADDCMUL, new Tensor[] {self(), tensor1, tensor2}, Scalar.of(value));
  }

  /** {@code this + tensor1 / tensor2}. */
  default Tensor addcdiv(Tensor tensor1, Tensor tensor2) {
    return addcdiv(tensor1, tensor2, 1);
  }

  /** {@code this + value * tensor1 / tensor2}; not for two whole-number tensors. */
  default Tensor addcdiv(Tensor tensor1, Tensor tensor2, Number value) {
    Operands.checkAddcdiv(tensor1, tensor2);
    return Executor.map(
        Arithmetic.ADDCDIV, new Tensor[] {self(), tensor1, tensor2}, Scalar.of(value));
  }

  /** {@code this + weight * (end - this)}; a weight of 1 gives exactly {@code end}. */
  default Tensor lerp(Tensor end, Tensor weight) {
    Operands.checkLerp(self(), end, weight);
    return Executor.map(Arithmetic.LERP, new Tensor[] {self(), end, weight});
  }

  /** {@code this + weight * (end - this)}; a weight of 1 gives exactly {@code end}. */
  default Tensor lerp(Tensor end, Number weight) {
    Operands.checkLerp(self(), end);
    return Executor.map(Arithmetic.LERP_NUMBER, new Tensor[] {self(), end}, Scalar.of(weight));
  }

  /** sqrt(this² + other²) without overflow on the way. */
  default Tensor hypot(Tensor other) {
    return Executor.map(Arithmetic.HYPOT, self(), other);
  }

  /** The magnitudes of this with the signs of other. */
  default Tensor copysign(Tensor other) {
    return Executor.map(Arithmetic.COPYSIGN, self(), other);
  }

  /** The magnitudes of this with the sign of a number. */
  default Tensor copysign(Number other) {
    return Executor.map(Arithmetic.COPYSIGN_NUMBER, new Tensor[] {self()}, Scalar.of(other));
  }

  /** The next number of the dtype after this in the direction of other. */
  default Tensor nextafter(Tensor other) {
    return Executor.map(Arithmetic.NEXTAFTER, self(), other);
  }

  /**
   * 0 where this is below 0, 1 above, and {@code values} at 0.
   *
   * @throws DTypeException if the dtypes differ
   */
  default Tensor heaviside(Tensor values) {
    Operands.checkHeaviside(self(), values);
    return Executor.map(Arithmetic.HEAVISIDE, self(), values);
  }

  /** The greatest common divisor of whole numbers, not negative; that with 0 is the other one. */
  default Tensor gcd(Tensor other) {
    return Operands.gcd("gcd", self(), other);
  }

  /** The least common multiple of whole numbers, not negative; that with 0 is 0. */
  default Tensor lcm(Tensor other) {
    return Operands.lcm(self(), other);
  }
}
