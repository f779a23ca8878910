package io.gradus.op;

import io.gradus.tensor.dtype.DType;
import io.gradus.tensor.kernel.Expr;
import io.gradus.tensor.kernel.ScalarOp;

/** Expressions by short names, for the bodies of operations. */
final class Terms {
  private Terms() {}

  static Expr k(Expr like, double value) {
    return Expr.constant(like.type(), value);
  }

  static Expr zero(Expr like) {
    return Expr.constant(like.type(), 0L);
  }

  static Expr one(Expr like) {
    return Expr.constant(like.type(), 1L);
  }

  static Expr plus(Expr a, Expr b) {
    return Expr.of(ScalarOp.ADD, a, b);
  }

  static Expr plus(Expr a, double b) {
    return plus(a, k(a, b));
  }

  static Expr minus(Expr a, Expr b) {
    return Expr.of(ScalarOp.SUB, a, b);
  }

  static Expr times(Expr a, Expr b) {
    return Expr.of(ScalarOp.MUL, a, b);
  }

  static Expr times(Expr a, double b) {
    return times(a, k(a, b));
  }

  static Expr over(Expr a, Expr b) {
    return Expr.of(ScalarOp.DIV, a, b);
  }

  static Expr neg(Expr a) {
    return Expr.of(ScalarOp.NEG, a);
  }

  static Expr abs(Expr a) {
    return Expr.of(ScalarOp.ABS, a);
  }

  static Expr fma(Expr a, Expr b, Expr c) {
    return Expr.of(ScalarOp.FMA, a, b, c);
  }

  static Expr sqrt(Expr a) {
    return Expr.of(ScalarOp.SQRT, a);
  }

  static Expr sin(Expr a) {
    return Expr.of(ScalarOp.SIN, a);
  }

  static Expr cos(Expr a) {
    return Expr.of(ScalarOp.COS, a);
  }

  /** The sum of {@code c[k] x^k} by Horner's rule with fused steps. */
  static Expr polynomial(Expr x, double... c) {
    Expr sum = k(x, c[c.length - 1]);
    for (int i = c.length - 2; i >= 0; i--) {
      sum = fma(sum, x, k(x, c[i]));
    }
    return sum;
  }

  /** The same number as {@code f64}. */
  static Expr wide(Expr a) {
    return Expr.cast(DType.F64, a);
  }

  static Expr exp(Expr a) {
    return Expr.of(ScalarOp.EXP, a);
  }

  static Expr log(Expr a) {
    return Expr.of(ScalarOp.LOG, a);
  }

  static Expr log1p(Expr a) {
    return Expr.of(ScalarOp.LOG1P, a);
  }

  static Expr lt(Expr a, Expr b) {
    return Expr.of(ScalarOp.LT, a, b);
  }

  static Expr le(Expr a, Expr b) {
    return Expr.of(ScalarOp.LE, a, b);
  }

  static Expr gt(Expr a, Expr b) {
    return Expr.of(ScalarOp.GT, a, b);
  }

  static Expr ge(Expr a, Expr b) {
    return Expr.of(ScalarOp.GE, a, b);
  }

  static Expr eq(Expr a, Expr b) {
    return Expr.of(ScalarOp.EQ, a, b);
  }

  static Expr eq(Expr a, double b) {
    return eq(a, k(a, b));
  }

  static Expr ne(Expr a, Expr b) {
    return Expr.of(ScalarOp.NE, a, b);
  }

  static Expr and(Expr a, Expr b) {
    return Expr.of(ScalarOp.AND, a, b);
  }

  static Expr or(Expr a, Expr b) {
    return Expr.of(ScalarOp.OR, a, b);
  }

  static Expr xor(Expr a, Expr b) {
    return Expr.of(ScalarOp.XOR, a, b);
  }

  static Expr isNan(Expr a) {
    return ne(a, a);
  }

  static Expr where(Expr c, Expr a, Expr b) {
    return Expr.where(c, a, b);
  }
}
