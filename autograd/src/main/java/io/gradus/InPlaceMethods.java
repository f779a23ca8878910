package io.gradus;

import io.gradus.exec.InPlace;
import io.gradus.exec.Resizing;
import io.gradus.op.Arithmetic;
import io.gradus.op.Division;
import io.gradus.tensor.dtype.DType;
import io.gradus.tensor.dtype.Scalar;
import io.gradus.tensor.error.AutogradException;

/** Arithmetic that writes into this tensor and returns it; shape and dtype stay what they are. */
public sealed interface InPlaceMethods permits Tensor {
  /** This tensor. */
  Tensor self();

  /** Overwrites this tensor with another one, broadcast and converted. */
  default Tensor copy_(Tensor source) {
    return InPlace.copy(Arithmetic.COPY, self(), source);
  }

  /** Overwrites every element with a number. */
  default Tensor fill_(Number value) {
    return InPlace.fill(self(), Scalar.of(value));
  }

  /** Overwrites every element with that of a 0-dim tensor, which takes a gradient. */
  default Tensor fill_(Tensor value) {
    Operands.checkFill("fill_", value);
    return InPlace.copy(Arithmetic.FILL, self(), value);
  }

  /** Overwrites every element with 0. */
  default Tensor zero_() {
    return InPlace.zero(self());
  }

  /** {@link Tensor#add(Tensor)} in place. */
  default Tensor add_(Tensor other) {
    return InPlace.map(Arithmetic.ADD, new Tensor[] {self(), other});
  }

  /** {@link Tensor#add(Tensor, Number)} in place. */
  default Tensor add_(Tensor other, Number alpha) {
    Operands.checkAlpha("add_", alpha, self(), other);
    return InPlace.map(Arithmetic.ADD_SCALED, new Tensor[] {self(), other}, Scalar.of(alpha));
  }

  /** {@link Tensor#add(Number)} in place. */
  default Tensor add_(Number other) {
    return InPlace.map(Arithmetic.ADD_NUMBER, new Tensor[] {self()}, Scalar.of(other));
  }

  /** {@link Tensor#sub(Tensor)} in place. */
  default Tensor sub_(Tensor other) {
    return InPlace.map(Arithmetic.SUB, new Tensor[] {self(), other});
  }

  /** {@link Tensor#sub(Tensor, Number)} in place. */
  default Tensor sub_(Tensor other, Number alpha) {
    Operands.checkAlpha("sub_", alpha, self(), other);
    return InPlace.map(Arithmetic.SUB_SCALED, new Tensor[] {self(), other}, Scalar.of(alpha));
  }

  /** {@link Tensor#sub(Number)} in place. */
  default Tensor sub_(Number other) {
    return InPlace.map(Arithmetic.SUB_NUMBER, new Tensor[] {self()}, Scalar.of(other));
  }

  /** {@link Tensor#mul(Tensor)} in place. */
  default Tensor mul_(Tensor other) {
    return InPlace.map(Arithmetic.MUL, new Tensor[] {self(), other});
  }

  /** {@link Tensor#mul(Number)} in place. */
  default Tensor mul_(Number other) {
    return InPlace.map(Arithmetic.MUL_NUMBER, new Tensor[] {self()}, Scalar.of(other));
  }

  /** {@link Tensor#div(Tensor)} in place. */
  default Tensor div_(Tensor other) {
    return InPlace.map(Division.DIV, new Tensor[] {self(), other});
  }

  /** {@link Tensor#div(Number)} in place. */
  default Tensor div_(Number other) {
    return InPlace.map(Division.DIV_NUMBER, new Tensor[] {self()}, Scalar.of(other));
  }

  /** {@link Tensor#div(Tensor, RoundingMode)} in place. */
  default Tensor div_(Tensor other, RoundingMode roundingMode) {
    return switch (roundingMode) {
      case NONE -> div_(other);
      case FLOOR -> InPlace.map(Division.FLOOR, new Tensor[] {self(), other});
      case TRUNC -> InPlace.map(Division.TRUNC, new Tensor[] {self(), other});
    };
  }

  /** {@link Tensor#div(Number, RoundingMode)} in place. */
  default Tensor div_(Number other, RoundingMode roundingMode) {
    return switch (roundingMode) {
      case NONE -> div_(other);
      case FLOOR -> InPlace.map(Division.FLOOR_NUMBER, new Tensor[] {self()}, Scalar.of(other));
      case TRUNC -> InPlace.map(Division.TRUNC_NUMBER, new Tensor[] {self()}, Scalar.of(other));
    };
  }

  /** {@link Tensor#floorDivide(Tensor)} in place. */
  default Tensor floorDivide_(Tensor other) {
    return div_(other, RoundingMode.FLOOR);
  }

  /** {@link Tensor#floorDivide(Number)} in place. */
  default Tensor floorDivide_(Number other) {
    return div_(other, RoundingMode.FLOOR);
  }

  /** {@link Tensor#remainder(Tensor)} in place. */
  default Tensor remainder_(Tensor other) {
    return InPlace.map(Division.REMAINDER, new Tensor[] {self(), other});
  }

  /** {@link Tensor#remainder(Number)} in place. */
  default Tensor remainder_(Number other) {
    return InPlace.map(Division.REMAINDER_NUMBER, new Tensor[] {self()}, Scalar.of(other));
  }

  /** {@link Tensor#fmod(Tensor)} in place. */
  default Tensor fmod_(Tensor other) {
    return InPlace.map(Division.FMOD, new Tensor[] {self(), other});
  }

  /** {@link Tensor#fmod(Number)} in place. */
  default Tensor fmod_(Number other) {
    return InPlace.map(Division.FMOD_NUMBER, new Tensor[] {self()}, Scalar.of(other));
  }

  /** {@link Tensor#pow(Tensor)} in place. */
  default Tensor pow_(Tensor other) {
    return InPlace.map(Arithmetic.POW, new Tensor[] {self(), other});
  }

  /** {@link Tensor#pow(Number)} in place. */
  default Tensor pow_(Number exponent) {
    if (Operands.squares(self(), exponent)) {
      return InPlace.map(Arithmetic.SQUARE, new Tensor[] {self()});
    }
    Operands.checkExponent(self(), exponent);
    return InPlace.map(Arithmetic.POW_NUMBER, new Tensor[] {self()}, Scalar.of(exponent));
  }

  /** {@link Tensor#neg()} in place. */
  default Tensor neg_() {
    return InPlace.map(Arithmetic.NEG, new Tensor[] {self()});
  }

  /** {@link Tensor#abs()} in place. */
  default Tensor abs_() {
    return InPlace.map(Arithmetic.ABS, new Tensor[] {self()});
  }

  /** {@link Tensor#sign()} in place. */
  default Tensor sign_() {
    return InPlace.map(Arithmetic.SIGN, new Tensor[] {self()});
  }

  /** {@link Tensor#sgn()} in place. */
  default Tensor sgn_() {
    return InPlace.map(Arithmetic.SGN, new Tensor[] {self()});
  }

  /** {@link Tensor#square()} in place. */
  default Tensor square_() {
    return InPlace.map(Arithmetic.SQUARE, new Tensor[] {self()});
  }

  /** {@link Tensor#reciprocal()} in place. */
  default Tensor reciprocal_() {
    return InPlace.map(Division.RECIPROCAL, new Tensor[] {self()});
  }

  /** {@link Tensor#addcmul(Tensor, Tensor, Number)} in place. */
  default Tensor addcmul_(Tensor tensor1, Tensor tensor2, Number value) {
    return InPlace.map(
        Arithmetic.ADDCMUL, new Tensor[] {self(), tensor1, tensor2}, Scalar.of(value));
  }

  /** {@link Tensor#addcdiv(Tensor, Tensor, Number)} in place. */
  default Tensor addcdiv_(Tensor tensor1, Tensor tensor2, Number value) {
    Operands.checkAddcdiv(tensor1, tensor2);
    return InPlace.map(
        Arithmetic.ADDCDIV, new Tensor[] {self(), tensor1, tensor2}, Scalar.of(value));
  }

  /** {@link Tensor#lerp(Tensor, Tensor)} in place. */
  default Tensor lerp_(Tensor end, Tensor weight) {
    Operands.checkLerp(self(), end, weight);
    return InPlace.map(Arithmetic.LERP, new Tensor[] {self(), end, weight});
  }

  /** {@link Tensor#lerp(Tensor, Number)} in place. */
  default Tensor lerp_(Tensor end, Number weight) {
    Operands.checkLerp(self(), end);
    return InPlace.map(Arithmetic.LERP_NUMBER, new Tensor[] {self(), end}, Scalar.of(weight));
  }

  /** {@link Tensor#hypot(Tensor)} in place. */
  default Tensor hypot_(Tensor other) {
    return InPlace.map(Arithmetic.HYPOT, new Tensor[] {self(), other});
  }

  /** {@link Tensor#copysign(Tensor)} in place. */
  default Tensor copysign_(Tensor other) {
    return InPlace.map(Arithmetic.COPYSIGN, new Tensor[] {self(), other});
  }

  /** {@link Tensor#copysign(Number)} in place. */
  default Tensor copysign_(Number other) {
    return InPlace.map(Arithmetic.COPYSIGN_NUMBER, new Tensor[] {self()}, Scalar.of(other));
  }

  /** {@link Tensor#nextafter(Tensor)} in place. */
  default Tensor nextafter_(Tensor other) {
    return InPlace.map(Arithmetic.NEXTAFTER, new Tensor[] {self(), other});
  }

  /** {@link Tensor#heaviside(Tensor)} in place. */
  default Tensor heaviside_(Tensor values) {
    Operands.checkHeaviside(self(), values);
    return InPlace.map(Arithmetic.HEAVISIDE, new Tensor[] {self(), values});
  }

  /** {@link Tensor#gcd(Tensor)} in place. */
  default Tensor gcd_(Tensor other) {
    return InPlace.assign("gcd_", self(), Operands.gcd("gcd", self(), other));
  }

  /** {@link Tensor#lcm(Tensor)} in place. */
  default Tensor lcm_(Tensor other) {
    return InPlace.assign("lcm_", self(), Operands.lcm(self(), other));
  }

  /** {@link Tensor#ldexp(Tensor)} in place. */
  default Tensor ldexp_(Tensor other) {
    return mul_(other.rpow(2.0));
  }

  /** {@link Tensor#floatPower(Tensor)} in place; this must be f64. */
  default Tensor floatPower_(Tensor exponent) {
    InPlace.checkDtype("floatPower_", self(), DType.F64);
    return pow_(exponent.to(DType.F64));
  }

  /** {@link Tensor#floatPower(Number)} in place; this must be f64. */
  default Tensor floatPower_(Number exponent) {
    InPlace.checkDtype("floatPower_", self(), DType.F64);
    return pow_(exponent.doubleValue());
  }

  /**
   * Gives this tensor another shape, row-major, with its elements in the order of memory; what is
   * new is undefined.
   *
   * <p>Memory that suffices stays, shared or not; if it does not the tensor gets memory of its own.
   *
   * @throws AutogradException if it requires grad
   */
  default Tensor resize_(long... sizes) {
    return Resizing.resize(self(), sizes);
  }

  /** {@link #resize_} to the shape of another tensor. */
  default Tensor resizeAs_(Tensor other) {
    return Resizing.resize(self(), other.shape().toArray());
  }
}
