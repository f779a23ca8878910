package io.gradus.rules;

import static io.gradus.rules.Exprs.*;
import static io.gradus.tensor.kernel.ScalarOp.*;

import io.gradus.tensor.kernel.Expr;

/** Cotangents of arithmetic, rounding and selection. */
final class ArithmeticDerivatives {
  private ArithmeticDerivatives() {}

  static Expr argument(Expr.Apply e, int k, Expr r, Expr g) {
    Expr a = e.arg(0);
    return switch (e.op()) {
      case ADD -> g;
      case SUB -> k == 0 ? g : neg(g);
      case MUL -> mul(g, e.arg(1 - k));
      case NEG -> neg(g);
      case ABS -> mul(g, of(SIGN, a));
      case DIV -> k == 0 ? div(g, e.arg(1)) : neg(mul(g, div(r, e.arg(1))));
      case FMA -> k == 2 ? g : mul(g, e.arg(1 - k));
      case SQRT -> div(g, mul(r, 2));
      // The gradient is shared evenly where the arguments tie.
      case MIN, MAX -> {
        Expr b = e.arg(1);
        boolean wantsLess = (e.op() == MIN) == (k == 0);
        yield where(
            of(EQ, a, b), mul(g, 0.5), where(of(wantsLess ? GT : LT, a, b), zero(g.type()), g));
      }
      // Where one argument is NaN the other one is the result.
      case FMIN, FMAX -> {
        Expr b = e.arg(1);
        Expr first = Expr.of(OR, of(e.op() == FMIN ? LE : GE, a, b), Expr.of(NE, b, b));
        yield k == 0 ? where(first, g, zero(g.type())) : where(first, zero(g.type()), g);
      }
      case FMOD -> k == 0 ? g : neg(mul(g, of(TRUNC, div(a, e.arg(1)))));
      case POW -> k == 0 ? base(a, e.arg(1), g) : exponent(a, e.arg(1), r, g);
      case COPYSIGN -> {
        Expr none = of(EQ, a, zero(a.type()));
        yield k == 0
            ? where(none, zero(g.type()), mul(g, div(r, where(none, k(a, 1), a))))
            : zero(g.type());
      }
      case WHERE -> {
        Expr c = condition(e, r);
        yield k == 1 ? where(c, g, zero(g.type())) : where(c, zero(g.type()), g);
      }
      case NEXTAFTER -> k == 0 ? where(of(NE, a, e.arg(1)), g, zero(g.type())) : zero(g.type());
      case SIGN, FLOOR, CEIL, ROUND, TRUNC -> zero(g.type());
      // Integer and bit operations, and the functions of FunctionDerivatives.
      case IDIV,
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
          PHILOX,
          EXP,
          EXPM1,
          EXP2,
          LOG,
          LOG1P,
          LOG2,
          LOG10,
          RSQRT,
          SIN,
          COS,
          TAN,
          ASIN,
          ACOS,
          ATAN,
          ATAN2,
          SINH,
          COSH,
          TANH,
          ASINH,
          ACOSH,
          ATANH,
          SIGMOID,
          ERF,
          ERFC,
          ERFINV,
          LGAMMA,
          DIGAMMA,
          POLYGAMMA,
          I0,
          I0E,
          I1,
          I1E ->
          throw new IllegalArgumentException("not arithmetic: " + e.op());
    };
  }

  /**
   * That of a rectifier, {@code a <= 0 ? 0 : a}, is read off its result: the operand may change.
   */
  private static Expr condition(Expr.Apply e, Expr r) {
    return e.arg(0) instanceof Expr.Apply c
            && c.op() == LE
            && c.arg(0).equals(e.arg(2))
            && c.arg(1).equals(e.arg(1))
            && e.arg(1) instanceof Expr.Const k
            && k.toDouble() == 0
        ? of(LE, r, zero(r.type()))
        : e.arg(0);
  }

  private static Expr base(Expr a, Expr b, Expr g) {
    Expr d = mul(g, mul(b, of(POW, a, sub(b, k(b, 1)))));
    return where(of(EQ, b, zero(b.type())), zero(g.type()), d);
  }

  private static Expr exponent(Expr a, Expr b, Expr r, Expr g) {
    Expr z = zero(a.type());
    Expr flat = Expr.of(AND, of(EQ, a, z), of(GE, b, z));
    return where(flat, z, mul(g, mul(r, of(LOG, a))));
  }
}
