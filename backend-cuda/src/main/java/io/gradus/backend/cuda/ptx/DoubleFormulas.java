package io.gradus.backend.cuda.ptx;

import io.gradus.tensor.kernel.Expr;
import io.gradus.tensor.kernel.ScalarOp;

/** Definitions of {@code f64} functions by correctly rounded operations. */
final class DoubleFormulas {
  private DoubleFormulas() {}

  static boolean covers(ScalarOp op) {
    return false;
  }

  static Expr expand(Expr.Apply x) {
    return x;
  }
}
