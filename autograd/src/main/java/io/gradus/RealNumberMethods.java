package io.gradus;

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
}
