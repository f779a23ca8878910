package io.gradus.op;

import io.gradus.tensor.kernel.Expr;
import io.gradus.tensor.kernel.ScalarOp;

/** Functions of one number; whole numbers become floating. */
public final class Functions {
  /** e to the power a. */
  public static final MapOp EXP = unary("exp", "ExpBackward0", ScalarOp.EXP);

  /** Hyperbolic tangent. */
  public static final MapOp TANH = unary("tanh", "TanhBackward0", ScalarOp.TANH);

  private Functions() {}

  private static MapOp unary(String name, String gradName, ScalarOp op) {
    return MapOp.of(name, gradName, 1, 0, TypeRule.FLOAT, (in, p, t) -> Expr.of(op, in[0]));
  }
}
