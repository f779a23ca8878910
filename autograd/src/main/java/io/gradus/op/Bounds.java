package io.gradus.op;

import io.gradus.tensor.kernel.Expr;
import io.gradus.tensor.kernel.ScalarOp;

/** Rectifiers and clamps: what is outside the bounds gets no gradient. */
public final class Bounds {
  /** The larger one of a and 0; NaN stays. */
  public static final MapOp RELU =
      MapOp.of(
          "relu",
          "ReluBackward0",
          1,
          0,
          TypeRule.PROMOTE,
          (in, p, t) -> {
            Expr zero = Expr.constant(t.compute(), 0L);
            return Expr.where(Expr.of(ScalarOp.LE, in[0], zero), zero, in[0]);
          });

  /** The larger one of a and a number; NaN stays. */
  public static final MapOp CLAMP_MIN =
      MapOp.of(
          "clamp_min",
          "ClampMinBackward0",
          1,
          1,
          TypeRule.PROMOTE,
          (in, p, t) -> Expr.where(Expr.of(ScalarOp.LT, in[0], p[0]), p[0], in[0]));

  private Bounds() {}
}
