package io.gradus.backend.cuda.blas;

import io.gradus.tensor.layout.Layout;

/**
 * The matrices at the last two axes of an operand.
 *
 * @param rowStride elements from one row to the next
 */
record Matrix(long rows, long columns, long rowStride, long columnStride) {
  static Matrix of(Layout layout) {
    int r = layout.rank();
    return new Matrix(
        layout.size(r - 2), layout.size(r - 1), layout.stride(r - 2), layout.stride(r - 1));
  }

  Matrix transposed() {
    return new Matrix(columns, rows, columnStride, rowStride);
  }

  /** Whether rows are runs of elements, at distances that cuBLAS takes. */
  boolean isRowMajor() {
    return (columnStride == 1 || columns == 1)
        && (rows == 1 || rowStride >= columns)
        && rowStride <= Integer.MAX_VALUE;
  }

  /** The distance of rows in {@link #isRowMajor} matrices; that of a single row does not matter. */
  int leading() {
    return (int) (rows == 1 ? columns : rowStride);
  }
}
