package io.gradus.optim;

import io.gradus.tensor.dtype.ComputeType;
import io.gradus.tensor.kernel.Expr;
import io.gradus.tensor.kernel.ScalarOp;

/** Expressions of update formulas, by short names. */
final class StepExpr {
  private StepExpr() {}

  static Expr in(int i, ComputeType t) {
    return Expr.input(i, t);
  }

  static Expr p(int i, ComputeType t) {
    return Expr.param(i, t);
  }

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
}
