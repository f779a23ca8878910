package io.gradus.op;

import io.gradus.tensor.kernel.Expr;
import io.gradus.tensor.kernel.ScalarOp;

/** Choosing by a condition, never by multiplying with 0: an infinite value times 0 is NaN. */
public final class Masks {
  /** a where the condition holds, else 0. */
  public static final MapOp KEEP =
      MapOp.conditional(
          "where",
          "WhereBackward0",
          2,
          0,
          1,
          (in, p, t) -> Expr.where(in[0], in[1], Expr.constant(t.compute(), 0L)));

  /** Whether a is b, or both are NaN. */
  public static final MapOp SAME =
      MapOp.of(
          "eq",
          "",
          2,
          0,
          TypeRule.BOOL,
          (in, p, t) ->
              t.isFloating()
                  ? Expr.of(
                      ScalarOp.OR,
                      Expr.of(ScalarOp.EQ, in[0], in[1]),
                      Expr.of(
                          ScalarOp.AND,
                          Expr.of(ScalarOp.NE, in[0], in[0]),
                          Expr.of(ScalarOp.NE, in[1], in[1])))
                  : Expr.of(ScalarOp.EQ, in[0], in[1]));

  private Masks() {}
}
