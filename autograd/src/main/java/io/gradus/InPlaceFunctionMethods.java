package io.gradus;

import io.gradus.exec.InPlace;
import io.gradus.op.Formulas;
import io.gradus.op.Functions;
import io.gradus.op.Rounding;
import io.gradus.tensor.dtype.Scalar;

/** Functions of each element that overwrite it. */
public sealed interface InPlaceFunctionMethods permits Tensor {
  /** This tensor. */
  Tensor self();

  /** {@link Tensor#exp()} in place. */
  default Tensor exp_() {
    return InPlace.map(Functions.EXP, new Tensor[] {self()});
  }

  /** {@link Tensor#expm1()} in place. */
  default Tensor expm1_() {
    return InPlace.map(Functions.EXPM1, new Tensor[] {self()});
  }

  /** {@link Tensor#exp2()} in place. */
  default Tensor exp2_() {
    return InPlace.map(Functions.EXP2, new Tensor[] {self()});
  }

  /** {@link Tensor#log()} in place. */
  default Tensor log_() {
    return InPlace.map(Functions.LOG, new Tensor[] {self()});
  }

  /** {@link Tensor#log1p()} in place. */
  default Tensor log1p_() {
    return InPlace.map(Functions.LOG1P, new Tensor[] {self()});
  }

  /** {@link Tensor#log2()} in place. */
  default Tensor log2_() {
    return InPlace.map(Functions.LOG2, new Tensor[] {self()});
  }

  /** {@link Tensor#log10()} in place. */
  default Tensor log10_() {
    return InPlace.map(Functions.LOG10, new Tensor[] {self()});
  }

  /** {@link Tensor#sqrt()} in place. */
  default Tensor sqrt_() {
    return InPlace.map(Functions.SQRT, new Tensor[] {self()});
  }

  /** {@link Tensor#rsqrt()} in place. */
  default Tensor rsqrt_() {
    return InPlace.map(Functions.RSQRT, new Tensor[] {self()});
  }

  /** {@link Tensor#sin()} in place. */
  default Tensor sin_() {
    return InPlace.map(Functions.SIN, new Tensor[] {self()});
  }

  /** {@link Tensor#cos()} in place. */
  default Tensor cos_() {
    return InPlace.map(Functions.COS, new Tensor[] {self()});
  }

  /** {@link Tensor#tan()} in place. */
  default Tensor tan_() {
    return InPlace.map(Functions.TAN, new Tensor[] {self()});
  }

  /** {@link Tensor#asin()} in place. */
  default Tensor asin_() {
    return InPlace.map(Functions.ASIN, new Tensor[] {self()});
  }

  /** {@link Tensor#acos()} in place. */
  default Tensor acos_() {
    return InPlace.map(Functions.ACOS, new Tensor[] {self()});
  }

  /** {@link Tensor#atan()} in place. */
  default Tensor atan_() {
    return InPlace.map(Functions.ATAN, new Tensor[] {self()});
  }

  /** {@link Tensor#sinh()} in place. */
  default Tensor sinh_() {
    return InPlace.map(Functions.SINH, new Tensor[] {self()});
  }

  /** {@link Tensor#cosh()} in place. */
  default Tensor cosh_() {
    return InPlace.map(Functions.COSH, new Tensor[] {self()});
  }

  /** {@link Tensor#tanh()} in place. */
  default Tensor tanh_() {
    return InPlace.map(Functions.TANH, new Tensor[] {self()});
  }

  /** {@link Tensor#asinh()} in place. */
  default Tensor asinh_() {
    return InPlace.map(Functions.ASINH, new Tensor[] {self()});
  }

  /** {@link Tensor#acosh()} in place. */
  default Tensor acosh_() {
    return InPlace.map(Functions.ACOSH, new Tensor[] {self()});
  }

  /** {@link Tensor#atanh()} in place. */
  default Tensor atanh_() {
    return InPlace.map(Functions.ATANH, new Tensor[] {self()});
  }

  /** {@link Tensor#sigmoid()} in place. */
  default Tensor sigmoid_() {
    return InPlace.map(Functions.SIGMOID, new Tensor[] {self()});
  }

  /** {@link Tensor#erf()} in place. */
  default Tensor erf_() {
    return InPlace.map(Functions.ERF, new Tensor[] {self()});
  }

  /** {@link Tensor#erfc()} in place. */
  default Tensor erfc_() {
    return InPlace.map(Functions.ERFC, new Tensor[] {self()});
  }

  /** {@link Tensor#erfinv()} in place. */
  default Tensor erfinv_() {
    return InPlace.map(Functions.ERFINV, new Tensor[] {self()});
  }

  /** {@link Tensor#lgamma()} in place. */
  default Tensor lgamma_() {
    return InPlace.map(Functions.LGAMMA, new Tensor[] {self()});
  }

  /** {@link Tensor#digamma()} in place. */
  default Tensor digamma_() {
    return InPlace.map(Functions.DIGAMMA, new Tensor[] {self()});
  }

  /** {@link Tensor#i0()} in place. */
  default Tensor i0_() {
    return InPlace.map(Functions.I0, new Tensor[] {self()});
  }

  /** {@link Tensor#deg2rad()} in place. */
  default Tensor deg2rad_() {
    return InPlace.map(Formulas.DEG2RAD, new Tensor[] {self()});
  }

  /** {@link Tensor#rad2deg()} in place. */
  default Tensor rad2deg_() {
    return InPlace.map(Formulas.RAD2DEG, new Tensor[] {self()});
  }

  /** {@link Tensor#sinc()} in place. */
  default Tensor sinc_() {
    return InPlace.map(Formulas.SINC, new Tensor[] {self()});
  }

  /** {@link Tensor#logit()} in place. */
  default Tensor logit_() {
    return InPlace.map(Formulas.LOGIT, new Tensor[] {self()});
  }

  /** {@link Tensor#logit(double)} in place. */
  default Tensor logit_(double eps) {
    return eps < 0
        ? logit_()
        : InPlace.map(Formulas.LOGIT_EPS, new Tensor[] {self()}, Scalar.of(eps));
  }

  /** {@link Tensor#igamma(Tensor)} in place. */
  default Tensor igamma_(Tensor other) {
    return InPlace.assign("igamma_", self(), self().igamma(other));
  }

  /** {@link Tensor#igammac(Tensor)} in place. */
  default Tensor igammac_(Tensor other) {
    return InPlace.assign("igammac_", self(), self().igammac(other));
  }

  /** {@link Tensor#atan2(Tensor)} in place. */
  default Tensor atan2_(Tensor other) {
    return InPlace.map(Functions.ATAN2, new Tensor[] {self(), other});
  }

  /** {@link Tensor#xlogy(Tensor)} in place. */
  default Tensor xlogy_(Tensor other) {
    return InPlace.map(Formulas.XLOGY, new Tensor[] {self(), other});
  }

  /** {@link Tensor#xlogy(Number)} in place. */
  default Tensor xlogy_(Number other) {
    return InPlace.map(Formulas.XLOGY_NUMBER, new Tensor[] {self()}, Scalar.of(other));
  }

  /** {@link Tensor#floor()} in place. */
  default Tensor floor_() {
    return InPlace.map(Rounding.FLOOR, new Tensor[] {self()});
  }

  /** {@link Tensor#ceil()} in place. */
  default Tensor ceil_() {
    return InPlace.map(Rounding.CEIL, new Tensor[] {self()});
  }

  /** {@link Tensor#round()} in place. */
  default Tensor round_() {
    return InPlace.map(Rounding.ROUND, new Tensor[] {self()});
  }

  /** {@link Tensor#trunc()} in place. */
  default Tensor trunc_() {
    return InPlace.map(Rounding.TRUNC, new Tensor[] {self()});
  }

  /** {@link Tensor#frac()} in place. */
  default Tensor frac_() {
    return InPlace.map(Rounding.FRAC, new Tensor[] {self()});
  }

  /** {@link Tensor#polygamma(int)} in place. */
  default Tensor polygamma_(int n) {
    Operands.checkPolygamma(n);
    return n == 0
        ? digamma_()
        : InPlace.map(Functions.POLYGAMMA, new Tensor[] {self()}, Scalar.of(n));
  }

  /** {@link Tensor#mvlgamma(int)} in place. */
  default Tensor mvlgamma_(int p) {
    Operands.checkMvlgamma(p);
    return p <= Operands.MOST_TERMS
        ? InPlace.map(Formulas.mvlgamma(p), new Tensor[] {self()})
        : self().copy_(Operands.mvlgamma(self(), p));
  }
}
