package io.gradus.exec;

import io.gradus.Tensor;
import io.gradus.graph.Record;
import io.gradus.tensor.error.DTypeException;
import io.gradus.tensor.error.ShapeException;

/** Matrix products with their gradients. */
public final class Products {
  private Products() {}

  /** [n, k] x [k, m]. */
  public static Tensor mm(Tensor a, Tensor b) {
    if (a.dim() != 2 || b.dim() != 2) {
      throw new ShapeException(
          "[mm] self must be a matrix and mat2 must be a matrix: shapes %s and %s; use matmul for other ranks"
              .formatted(a.shape(), b.shape()));
    }
    if (a.size(1) != b.size(0)) {
      throw new ShapeException(
          "[mm] mat1 and mat2 shapes cannot be multiplied (%dx%d and %dx%d)"
              .formatted(a.size(0), a.size(1), b.size(0), b.size(1)));
    }
    Call.device("mm", new Tensor[] {a, b});
    if (a.dtype() != b.dtype()) {
      throw new DTypeException(
          "[mm] expected m1 and m2 to have the same dtype, but got: %s != %s; convert one of them."
              .formatted(a.dtype(), b.dtype()));
    }
    return Record.rule(
        "MmBackward0",
        Primitives.contract(a, b, 1),
        new Tensor[] {a, b},
        new Tensor[] {a, b},
        (g, s, needs) ->
            new Tensor[] {needs[0] ? g.mm(s[1].t()) : null, needs[1] ? s[0].t().mm(g) : null});
  }
}
