package io.gradus.data.transform;

import io.gradus.Tensor;
import io.gradus.tensor.error.DTypeException;
import io.gradus.tensor.error.ShapeException;

/** What all transforms of tables check. */
final class Tables {
  private Tables() {}

  static void checkTable(String op, Tensor table) {
    if (table.dim() != 2 || table.size(0) == 0) {
      throw new ShapeException(
          "[%s] expected a table [rows, columns] with at least one row, but got shape %s"
              .formatted(op, table.shape()));
    }
    if (!table.dtype().isFloating()) {
      throw new DTypeException(
          "[%s] expected a floating dtype, but got %s; call to(DType.F32)"
              .formatted(op, table.dtype()));
    }
  }

  static void checkColumns(String op, Tensor x, Tensor like) {
    if (x.dim() == 0 || x.size(-1) != like.size(0)) {
      throw new ShapeException(
          "[%s] made of a table of %d columns, but got shape %s; the last dimension is the columns"
              .formatted(op, like.size(0), x.shape()));
    }
  }

  /** With ones for zeros, so that columns without any difference can be divided. */
  static Tensor nonZero(Tensor scale) {
    return Tensor.where(scale.eq(0), Tensor.onesLike(scale), scale);
  }
}
