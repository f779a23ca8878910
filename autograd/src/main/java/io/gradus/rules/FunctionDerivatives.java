package io.gradus.rules;

import static io.gradus.rules.Exprs.*;
import static io.gradus.tensor.kernel.ScalarOp.*;

import io.gradus.tensor.kernel.Expr;

/** Cotangents of transcendental and special functions; r is the result. */
final class FunctionDerivatives {
  private static final double LN2 = Math.log(2);
  private static final double LN10 = Math.log(10);
  private static final double TWO_OVER_SQRT_PI = 2 / Math.sqrt(Math.PI);

  private FunctionDerivatives() {}

  static Expr argument(Expr.Apply e, int k, Expr r, Expr g) {
    Expr a = e.arg(0);
    Expr one = k(a, 1);
    return switch (e.op()) {
      case EXP -> mul(g, r);
      case EXPM1 -> mul(g, add(r, one));
      case EXP2 -> mul(mul(g, r), LN2);
      case LOG -> div(g, a);
      case LOG1P -> div(g, add(a, one));
      case LOG2 -> div(g, mul(a, LN2));
      case LOG10 -> div(g, mul(a, LN10));
      case RSQRT -> mul(mul(g, -0.5), mul(r, mul(r, r)));
      case SIN -> mul(g, of(COS, a));
      case COS -> neg(mul(g, of(SIN, a)));
      case TAN -> mul(g, add(one, mul(r, r)));
      case ASIN -> mul(g, of(RSQRT, sub(one, mul(a, a))));
      case ACOS -> neg(mul(g, of(RSQRT, sub(one, mul(a, a)))));
      case ATAN -> div(g, add(mul(a, a), one));
      case ATAN2 -> angle(e, k, g);
      case SINH -> mul(g, of(COSH, a));
      case COSH -> mul(g, of(SINH, a));
      case TANH -> mul(g, sub(one, mul(r, r)));
      case ASINH -> mul(g, of(RSQRT, add(mul(a, a), one)));
      case ACOSH -> mul(g, of(RSQRT, sub(mul(a, a), one)));
      case ATANH -> div(g, sub(one, mul(a, a)));
      case SIGMOID -> mul(g, mul(r, sub(one, r)));
      case ERF -> mul(g, mul(of(EXP, neg(mul(a, a))), TWO_OVER_SQRT_PI));
      case ERFC -> neg(mul(g, mul(of(EXP, neg(mul(a, a))), TWO_OVER_SQRT_PI)));
      case ERFINV -> mul(g, mul(of(EXP, mul(r, r)), 1 / TWO_OVER_SQRT_PI));
      case LGAMMA -> mul(g, of(DIGAMMA, a));
      case DIGAMMA -> mul(g, of(POLYGAMMA, one, a));
      case POLYGAMMA -> k == 0 ? zero(g.type()) : mul(g, of(POLYGAMMA, add(a, one), e.arg(1)));
      case I0 -> mul(g, of(I1, a));
      case I0E -> mul(g, sub(of(I1E, a), mul(of(SIGN, a), r)));
      // i1(a)/a tends to 1/2 at 0.
      case I1 -> mul(g, where(nearZero(a), k(a, 0.5), sub(of(I0, a), div(r, away(a)))));
      case I1E ->
          mul(
              g,
              where(
                  nearZero(a),
                  k(a, 0.5),
                  sub(of(I0E, a), mul(r, add(of(SIGN, a), div(one, away(a)))))));
      // Everything that ArithmeticDerivatives knows, and what has no derivative.
      case ADD,
          SUB,
          MUL,
          NEG,
          ABS,
          SIGN,
          MIN,
          MAX,
          FMOD,
          POW,
          DIV,
          FMA,
          SQRT,
          FLOOR,
          CEIL,
          ROUND,
          TRUNC,
          FMIN,
          FMAX,
          COPYSIGN,
          NEXTAFTER,
          WHERE,
          IDIV,
          AND,
          OR,
          XOR,
          NOT,
          SHL,
          SHR,
          USHR,
          EQ,
          NE,
          LT,
          LE,
          GT,
          GE,
          TO_BITS,
          FROM_BITS,
          PHILOX ->
          throw new IllegalArgumentException("not a function: " + e.op());
    };
  }

  private static Expr nearZero(Expr a) {
    return of(LE, of(ABS, a), k(a, 1e-7));
  }

  /** The argument, or 1 near 0: what is not chosen there must not be infinite either. */
  private static Expr away(Expr a) {
    return where(nearZero(a), k(a, 1), a);
  }

  private static Expr angle(Expr.Apply e, int k, Expr g) {
    Expr y = e.arg(0);
    Expr x = e.arg(1);
    Expr square = add(mul(x, x), mul(y, y));
    Expr none = of(EQ, square, zero(x.type()));
    Expr scaled = where(none, zero(x.type()), div(g, where(none, k(x, 1), square)));
    return k == 0 ? mul(scaled, x) : neg(mul(scaled, y));
  }
}
