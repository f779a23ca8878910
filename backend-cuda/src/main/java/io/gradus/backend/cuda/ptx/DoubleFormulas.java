package io.gradus.backend.cuda.ptx;

import static io.gradus.backend.cuda.ptx.Term.number;

import io.gradus.tensor.kernel.Expr;
import io.gradus.tensor.kernel.ScalarOp;

/**
 * Definitions of {@code f64} functions by correctly rounded operations.
 *
 * <p>They have the bits that {@code ScalarMeaning} gives, which are {@link StrictMath}'s where it
 * has the function; sin, cos and tan of numbers above 2^19 π/2 may be one unit in the last place
 * off, and what is made of them (lgamma and digamma of negative numbers) as much as that makes.
 */
final class DoubleFormulas {
  private DoubleFormulas() {}

  /** Whether an operation is to be replaced where it is floating. */
  static boolean covers(ScalarOp op) {
    return op.compareTo(ScalarOp.EXP) >= 0 && op != ScalarOp.POLYGAMMA || op == ScalarOp.POW;
  }

  /** The definition of an operation with its arguments. */
  static Expr expand(Expr.Apply e) {
    Term x = new Term(e.arg(0));
    Term y = e.op().arity() > 1 ? new Term(e.arg(1)) : x;
    Term value =
        switch (e.op()) {
          case POW -> PowerFormula.pow(x, y);
          case EXP -> ExponentialFormulas.exp(x);
          case EXPM1 -> ExponentialFormulas.expm1(x);
          case EXP2 -> PowerFormula.pow(number(2), x);
          case LOG -> LogarithmFormulas.log(x);
          case LOG1P -> LogarithmFormulas.log1p(x);
          case LOG2 -> LogarithmFormulas.log2(x);
          case LOG10 -> LogarithmFormulas.log10(x);
          case RSQRT -> number(1).over(x.sqrt());
          case SIN -> TrigonometricFormulas.sin(x);
          case COS -> TrigonometricFormulas.cos(x);
          case TAN -> TrigonometricFormulas.tan(x);
          case ASIN -> ArcFormulas.asin(x);
          case ACOS -> ArcFormulas.acos(x);
          case ATAN -> ArcFormulas.atan(x);
          case ATAN2 -> ArcFormulas.atan2(x, y);
          case SINH -> ExponentialFormulas.sinh(x);
          case COSH -> ExponentialFormulas.cosh(x);
          case TANH -> ExponentialFormulas.tanh(x);
          case ASINH -> LogarithmFormulas.asinh(x);
          case ACOSH -> LogarithmFormulas.acosh(x);
          case ATANH -> LogarithmFormulas.atanh(x);
          case SIGMOID -> ExponentialFormulas.sigmoid(x);
          case ERF -> SpecialFormulas.erf(x);
          case ERFC -> SpecialFormulas.erfc(x);
          case ERFINV -> SpecialFormulas.erfinv(x);
          case LGAMMA -> SpecialFormulas.lgamma(x);
          case DIGAMMA -> SpecialFormulas.digamma(x);
          case I0 -> SpecialFormulas.bessel(x, 0, false);
          case I0E -> SpecialFormulas.bessel(x, 0, true);
          case I1 -> SpecialFormulas.bessel(x, 1, false);
          case I1E -> SpecialFormulas.bessel(x, 1, true);
          default -> throw new IllegalArgumentException("no formula for " + e.op());
        };
    return value.expr();
  }
}
