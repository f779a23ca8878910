package io.gradus.backend.cpu.generate;

import io.gradus.tensor.kernel.Expr;
import io.gradus.tensor.kernel.ExprGraph;
import io.gradus.tensor.kernel.ScalarOp;
import java.util.List;

/**
 * A recipe of the form {@code where(condition, slow, fast)} whose slow way has no vector form: it
 * is taken for single numbers, and only where the condition holds.
 */
record Guard(Expr condition, Expr slow, Expr fast) {
  /** The guard of a recipe, or null. */
  static Guard of(Expr root) {
    return root instanceof Expr.Apply x
            && x.op() == ScalarOp.WHERE
            && ExprGraph.postOrder(List.of(x.arg(1))).stream().anyMatch(Guard::shiftsByVariable)
        ? new Guard(x.arg(0), x.arg(1), x.arg(2))
        : null;
  }

  private static boolean shiftsByVariable(Expr e) {
    return e instanceof Expr.Apply x
        && (x.op() == ScalarOp.SHL || x.op() == ScalarOp.SHR || x.op() == ScalarOp.USHR)
        && !(x.arg(1) instanceof Expr.Const);
  }
}
