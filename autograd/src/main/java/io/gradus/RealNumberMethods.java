package io.gradus;

import io.gradus.exec.BinaryParts;
import io.gradus.exec.Executor;
import io.gradus.op.Arithmetic;
import io.gradus.tensor.error.DTypeException;

/** What only differs for complex numbers, which do not exist here: names that PyTorch has. */
public sealed interface RealNumberMethods permits Tensor {
  /** This tensor. */
  Tensor self();

  /** This tensor, which is real. */
  default Tensor real() {
    return self();
  }

  /** This tensor, which is its own conjugate. */
  default Tensor conj() {
    return self();
  }

  /** This tensor, which is its own conjugate. */
  default Tensor conjPhysical() {
    return self();
  }

  /** This tensor, in which no conjugation is pending. */
  default Tensor resolveConj() {
    return self();
  }

  /** This tensor, in which no negation is pending. */
  default Tensor resolveNeg() {
    return self();
  }

  /** {@link Tensor#mT}; the same for real numbers. */
  default Tensor mH() {
    return self().mT();
  }

  /** {@link Tensor#T} of a matrix; the same for real numbers. */
  default Tensor H() {
    return self().T();
  }

  /** The angle of each number in the plane: 0, or pi for those below 0; NaN stays. */
  default Tensor angle() {
    return Executor.map(Arithmetic.ANGLE, self());
  }

  /**
   * The parts of each number in binary: mantissa times 2 to the power exponent, the mantissa at
   * least 0.5 and below 1 in magnitude. 0, infinities and NaN are their own mantissas, with
   * exponent 0.
   *
   * @throws DTypeException for dtypes that are not floating
   */
  default MantissaExponent frexp() {
    return BinaryParts.of(self());
  }
}
