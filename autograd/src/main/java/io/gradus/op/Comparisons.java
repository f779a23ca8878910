package io.gradus.op;

import io.gradus.tensor.kernel.Expr;
import io.gradus.tensor.kernel.ScalarOp;

/** Comparisons and tests; the results are bool. */
public final class Comparisons {
  /** Whether a is NaN. */
  public static final MapOp ISNAN =
      MapOp.of("isnan", "", 1, 0, TypeRule.BOOL, (in, p, t) -> Expr.of(ScalarOp.NE, in[0], in[0]));

  private Comparisons() {}
}
