package io.gradus.op;

import io.gradus.tensor.kernel.Expr;

/** Operations that compute in {@code f64} whatever the dtype, and round once to it. */
final class Wide {
  /** A function of one number. */
  @FunctionalInterface
  interface Unary {
    Expr of(Expr x);
  }

  /** A function of two numbers. */
  @FunctionalInterface
  interface Binary {
    Expr of(Expr a, Expr b);
  }

  private Wide() {}

  static MapOp unary(String name, String gradName, Unary body) {
    return MapOp.of(name, gradName, 1, 0, TypeRule.FLOAT, (in, p, t) -> body.of(Terms.wide(in[0])));
  }

  static MapOp binary(String name, String gradName, Binary body) {
    return MapOp.of(
        name,
        gradName,
        2,
        0,
        TypeRule.FLOAT,
        (in, p, t) -> body.of(Terms.wide(in[0]), Terms.wide(in[1])));
  }
}
