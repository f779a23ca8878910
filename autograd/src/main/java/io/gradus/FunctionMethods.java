package io.gradus;

import io.gradus.exec.Executor;
import io.gradus.exec.LogSums;
import io.gradus.op.Formulas;
import io.gradus.op.Functions;
import io.gradus.tensor.dtype.Scalar;
import io.gradus.tensor.error.InvalidArgumentException;

/**
 * Elementary and special functions of each element; whole numbers become the default floating
 * dtype.
 */
public sealed interface FunctionMethods permits Tensor {
  /** This tensor. */
  Tensor self();

  /** e to the power of each element. */
  default Tensor exp() {
    return Executor.map(Functions.EXP, self());
  }

  /** e to the power of each element, minus 1; exact near 0. */
  default Tensor expm1() {
    return Executor.map(Functions.EXPM1, self());
  }

  /** 2 to the power of each element. */
  default Tensor exp2() {
    return Executor.map(Functions.EXP2, self());
  }

  /** The natural logarithm. */
  default Tensor log() {
    return Executor.map(Functions.LOG, self());
  }

  /** The natural logarithm of 1 + x; exact near 0. */
  default Tensor log1p() {
    return Executor.map(Functions.LOG1P, self());
  }

  /** The logarithm to base 2. */
  default Tensor log2() {
    return Executor.map(Functions.LOG2, self());
  }

  /** The logarithm to base 10. */
  default Tensor log10() {
    return Executor.map(Functions.LOG10, self());
  }

  /** The square root. */
  default Tensor sqrt() {
    return Executor.map(Functions.SQRT, self());
  }

  /** 1 / sqrt(x). */
  default Tensor rsqrt() {
    return Executor.map(Functions.RSQRT, self());
  }

  /** The sine of radians. */
  default Tensor sin() {
    return Executor.map(Functions.SIN, self());
  }

  /** The cosine of radians. */
  default Tensor cos() {
    return Executor.map(Functions.COS, self());
  }

  /** The tangent of radians. */
  default Tensor tan() {
    return Executor.map(Functions.TAN, self());
  }

  /** The inverse sine. */
  default Tensor asin() {
    return Executor.map(Functions.ASIN, self());
  }

  /** The inverse cosine. */
  default Tensor acos() {
    return Executor.map(Functions.ACOS, self());
  }

  /** The inverse tangent. */
  default Tensor atan() {
    return Executor.map(Functions.ATAN, self());
  }

  /** The hyperbolic sine. */
  default Tensor sinh() {
    return Executor.map(Functions.SINH, self());
  }

  /** The hyperbolic cosine. */
  default Tensor cosh() {
    return Executor.map(Functions.COSH, self());
  }

  /** The hyperbolic tangent. */
  default Tensor tanh() {
    return Executor.map(Functions.TANH, self());
  }

  /** The inverse hyperbolic sine. */
  default Tensor asinh() {
    return Executor.map(Functions.ASINH, self());
  }

  /** The inverse hyperbolic cosine. */
  default Tensor acosh() {
    return Executor.map(Functions.ACOSH, self());
  }

  /** The inverse hyperbolic tangent. */
  default Tensor atanh() {
    return Executor.map(Functions.ATANH, self());
  }

  /** 1 / (1 + exp(-x)). */
  default Tensor sigmoid() {
    return Executor.map(Functions.SIGMOID, self());
  }

  /** The error function. */
  default Tensor erf() {
    return Executor.map(Functions.ERF, self());
  }

  /** 1 - erf(x). */
  default Tensor erfc() {
    return Executor.map(Functions.ERFC, self());
  }

  /** The inverse of the error function. */
  default Tensor erfinv() {
    return Executor.map(Functions.ERFINV, self());
  }

  /** The logarithm of the absolute value of the gamma function. */
  default Tensor lgamma() {
    return Executor.map(Functions.LGAMMA, self());
  }

  /** The derivative of {@link #lgamma}. */
  default Tensor digamma() {
    return Executor.map(Functions.DIGAMMA, self());
  }

  /** The modified Bessel function of the first kind, order 0. */
  default Tensor i0() {
    return Executor.map(Functions.I0, self());
  }

  /** exp(-|x|) i0(x). */
  default Tensor i0e() {
    return Executor.map(Functions.I0E, self());
  }

  /** The modified Bessel function of the first kind, order 1. */
  default Tensor i1() {
    return Executor.map(Functions.I1, self());
  }

  /** exp(-|x|) i1(x). */
  default Tensor i1e() {
    return Executor.map(Functions.I1E, self());
  }

  /** Degrees to radians. */
  default Tensor deg2rad() {
    return Executor.map(Formulas.DEG2RAD, self());
  }

  /** Radians to degrees. */
  default Tensor rad2deg() {
    return Executor.map(Formulas.RAD2DEG, self());
  }

  /** sin(pi x) / (pi x), 1 at 0. */
  default Tensor sinc() {
    return Executor.map(Formulas.SINC, self());
  }

  /** log(x / (1 - x)). */
  default Tensor logit() {
    return Executor.map(Formulas.LOGIT, self());
  }

  /** -x log(x), 0 at 0, -inf below. */
  default Tensor entr() {
    return Executor.map(Formulas.ENTR, self());
  }

  /**
   * {@link #logit()} of the elements clamped to [eps, 1 - eps]; as without where eps is negative.
   */
  default Tensor logit(double eps) {
    return eps < 0
        ? logit()
        : Executor.map(Formulas.LOGIT_EPS, new Tensor[] {self()}, Scalar.of(eps));
  }

  /**
   * The derivative of order {@code n} of {@link #digamma}.
   *
   * @throws InvalidArgumentException for a negative order
   */
  default Tensor polygamma(int n) {
    Operands.checkPolygamma(n);
    return n == 0
        ? digamma()
        : Executor.map(Functions.POLYGAMMA, new Tensor[] {self()}, Scalar.of(n));
  }

  /**
   * The logarithm of the multivariate gamma function.
   *
   * @param p its dimension, at least 1
   */
  default Tensor mvlgamma(int p) {
    Operands.checkMvlgamma(p);
    return p <= Operands.MOST_TERMS
        ? Executor.map(Formulas.mvlgamma(p), self())
        : Operands.mvlgamma(self(), p);
  }

  /**
   * The regularised lower incomplete gamma function P(this, other), see {@link Special#gammainc}.
   */
  default Tensor igamma(Tensor other) {
    return Special.gammainc(self(), other);
  }

  /**
   * The regularised upper incomplete gamma function Q(this, other), see {@link Special#gammaincc}.
   */
  default Tensor igammac(Tensor other) {
    return Special.gammaincc(self(), other);
  }

  /** The angle of the point (other, this). */
  default Tensor atan2(Tensor other) {
    return Executor.map(Functions.ATAN2, self(), other);
  }

  /** log(exp(this) + exp(other)). */
  default Tensor logaddexp(Tensor other) {
    return LogSums.logaddexp(self(), other);
  }

  /** The logarithm to base 2 of 2^this + 2^other. */
  default Tensor logaddexp2(Tensor other) {
    return LogSums.logaddexp2(self(), other);
  }

  /** this log(other), 0 where this is 0. */
  default Tensor xlogy(Tensor other) {
    return Executor.map(Formulas.XLOGY, self(), other);
  }

  /** this log(number), 0 where this is 0. */
  default Tensor xlogy(Number other) {
    return Executor.map(Formulas.XLOGY_NUMBER, new Tensor[] {self()}, Scalar.of(other));
  }

  /** this log(1 + other), 0 where this is 0. */
  default Tensor xlog1py(Tensor other) {
    return Executor.map(Formulas.XLOG1PY, self(), other);
  }

  /** this log(1 + number), 0 where this is 0. */
  default Tensor xlog1py(Number other) {
    return Executor.map(Formulas.XLOG1PY_NUMBER, new Tensor[] {self()}, Scalar.of(other));
  }
}
