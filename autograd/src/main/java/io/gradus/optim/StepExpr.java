package io.gradus.optim;

import io.gradus.tensor.kernel.Expr;
import io.gradus.tensor.kernel.ScalarOp;

/** Expressions of update formulas, by short names. */
final class StepExpr {
  private StepExpr() {}

  static Expr add(Expr a, Expr b) {
    return Expr.of(ScalarOp.ADD, a, b);
  }

  static Expr sub(Expr a, Expr b) {
    return Expr.of(ScalarOp.SUB, a, b);
  }

  static Expr mul(Expr a, Expr b) {
    return Expr.of(ScalarOp.MUL, a, b);
  }

  static Expr div(Expr a, Expr b) {
    return Expr.of(ScalarOp.DIV, a, b);
  }

  static Expr max(Expr a, Expr b) {
    return Expr.of(ScalarOp.MAX, a, b);
  }

  static Expr sqrt(Expr a) {
    return Expr.of(ScalarOp.SQRT, a);
  }

  static Expr neg(Expr a) {
    return Expr.of(ScalarOp.NEG, a);
  }

  static Expr min(Expr a, Expr b) {
    return Expr.of(ScalarOp.MIN, a, b);
  }

  static Expr abs(Expr a) {
    return Expr.of(ScalarOp.ABS, a);
  }

  static Expr sign(Expr a) {
    return Expr.of(ScalarOp.SIGN, a);
  }

  static Expr less(Expr a, Expr b) {
    return Expr.of(ScalarOp.LT, a, b);
  }

  static Expr where(Expr condition, Expr a, Expr b) {
    return Expr.of(ScalarOp.WHERE, condition, a, b);
  }
}
