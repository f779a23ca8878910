package io.gradus.golden.table;

import io.gradus.golden.OperationRegistry;

/** Operations that are a few others one after another. */
final class Composites {
  private Composites() {}

  static void register(OperationRegistry r) {
    r.signature("cholesky_inverse", "input upper=false");
    r.signature("cholesky_solve", "input input2 upper=false");
    r.add("linalg.vecdot", a -> a.tensor(0, "x").vecdot(a.tensor(1, "y"), a.integer(2, "dim", -1)));
  }
}
