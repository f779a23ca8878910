package io.gradus;

import io.gradus.exec.InPlace;
import io.gradus.op.Arithmetic;
import io.gradus.tensor.dtype.Scalar;

/** Operations that write into this tensor and return it; shape and dtype stay what they are. */
public sealed interface InPlaceMethods permits Tensor {
  /** This tensor. */
  Tensor self();

  /** Adds another tensor. */
  default Tensor add_(Tensor other) {
    return InPlace.map(Arithmetic.ADD, new Tensor[] {self(), other});
  }

  /** Adds a number. */
  default Tensor add_(Number other) {
    return InPlace.map(Arithmetic.ADD_NUMBER, new Tensor[] {self()}, Scalar.of(other));
  }

  /** Multiplies by another tensor. */
  default Tensor mul_(Tensor other) {
    return InPlace.map(Arithmetic.MUL, new Tensor[] {self(), other});
  }

  /** Multiplies by a number. */
  default Tensor mul_(Number other) {
    return InPlace.map(Arithmetic.MUL_NUMBER, new Tensor[] {self()}, Scalar.of(other));
  }

  /** Overwrites this tensor with another one, broadcast and converted. */
  default Tensor copy_(Tensor source) {
    return InPlace.copy(Arithmetic.COPY, self(), source);
  }

  /** Overwrites every element with a number. */
  default Tensor fill_(Number value) {
    return InPlace.fill(self(), Scalar.of(value));
  }

  /** Overwrites every element with 0. */
  default Tensor zero_() {
    return InPlace.fill(self(), Scalar.of(0L));
  }
}
