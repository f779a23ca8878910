package io.gradus.backend.cpu.elementwise;

import io.gradus.tensor.kernel.Expr;
import io.gradus.tensor.kernel.ScalarOp;

/** Expressions that have the value of a shorter one, to the bit. */
final class Idioms {
  private static final long NEGATIVE_ZERO = Double.doubleToRawLongBits(-0.0);

  private Idioms() {}

  /** A shorter expression, or the same. */
  static Expr simpler(Expr e) {
    // a <= c ? c : a, the form in which a ReLU has its derivative; NaN and zeros stay as they are.
    return e instanceof Expr.Apply where
            && where.op() == ScalarOp.WHERE
            && where.arg(0) instanceof Expr.Apply order
            && order.op() == ScalarOp.LE
            && where.arg(1) instanceof Expr.Const c
            && isOrdinary(c)
            && order.arg(1).equals(c)
            && order.arg(0).equals(where.arg(2))
        ? Expr.of(ScalarOp.MAX, where.arg(2), c)
        : e;
  }

  private static boolean isOrdinary(Expr.Const c) {
    return !c.type().isFloating() || !Double.isNaN(c.toDouble()) && c.bits() != NEGATIVE_ZERO;
  }

  /** Whether the arguments may change places. */
  static boolean commutes(ScalarOp op) {
    return op == ScalarOp.ADD || op == ScalarOp.MUL || op == ScalarOp.MIN || op == ScalarOp.MAX;
  }
}
