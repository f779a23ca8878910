package io.gradus.backend.cuda.ptx;

import io.gradus.tensor.kernel.Expr;
import java.util.Map;

/** What expressions are made from, in registers. */
final class Leaves {
  private Leaves() {}

  static Value of(Map<? extends Expr, Value> map, Expr e) {
    Value value = map.get(e);
    if (value == null) {
      throw unexpected(e);
    }
    return value;
  }

  static IllegalStateException unexpected(Expr e) {
    return new IllegalStateException("not to be met here: " + e);
  }
}
