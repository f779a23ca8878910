package io.gradus.rules;

import static io.gradus.tensor.kernel.ScalarOp.*;

import io.gradus.tensor.dtype.ComputeType;
import io.gradus.tensor.kernel.Expr;
import io.gradus.tensor.kernel.ScalarOp;

/** Expressions by short names, dropping zeros and ones that derivation leaves behind. */
final class Exprs {
  private Exprs() {}

  static Expr zero(ComputeType type) {
    return Expr.constant(type, 0L);
  }

  static Expr k(Expr like, double value) {
    return Expr.constant(like.type(), value);
  }

  private static boolean is(Expr e, double value) {
    return e instanceof Expr.Const c && c.toDouble() == value;
  }

  /** A cotangent that came through something constant must not meet an infinite factor. */
  static boolean isZero(Expr e) {
    return is(e, 0);
  }

  static Expr add(Expr a, Expr b) {
    return is(a, 0) ? b : is(b, 0) ? a : Expr.of(ADD, a, b);
  }

  static Expr sub(Expr a, Expr b) {
    return Expr.of(SUB, a, b);
  }

  static Expr mul(Expr a, Expr b) {
    return is(a, 1) ? b : is(b, 1) ? a : Expr.of(MUL, a, b);
  }

  static Expr mul(Expr a, double b) {
    return mul(a, k(a, b));
  }

  static Expr div(Expr a, Expr b) {
    return Expr.of(DIV, a, b);
  }

  static Expr neg(Expr a) {
    return is(a, 0) ? a : Expr.of(NEG, a);
  }

  static Expr of(ScalarOp op, Expr a) {
    return Expr.of(op, a);
  }

  static Expr of(ScalarOp op, Expr a, Expr b) {
    return Expr.of(op, a, b);
  }

  static Expr where(Expr c, Expr a, Expr b) {
    return a == b ? a : Expr.where(c, a, b);
  }
}
