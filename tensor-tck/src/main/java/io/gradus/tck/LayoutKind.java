package io.gradus.tck;

import io.gradus.tensor.layout.Layout;
import io.gradus.tensor.layout.Shape;

/** Ways in which a tensor of a given shape can lie in its storage. */
enum LayoutKind {
  /** Row-major from the start. */
  DENSE,
  /** Row-major behind an offset. */
  SHIFTED,
  /** Column-major. */
  TRANSPOSED,
  /** A slice of the columns of something wider, behind an offset. */
  PADDED,
  /** Every other element. */
  STEPPED,
  /** Stride 0 along the first axis; inputs only. */
  ROW_REPEATED,
  /** Stride 0 along the last axis; inputs only. */
  COLUMN_REPEATED,
  /** One element for all coordinates; inputs only. */
  SINGLE;

  Layout of(Shape shape) {
    long[] strides = Layout.rowMajor(shape);
    int last = strides.length - 1;
    return switch (this) {
      case DENSE -> Layout.of(shape);
      case SHIFTED -> Layout.of(shape, strides, 5);
      case TRANSPOSED -> {
        long step = 1;
        for (int d = 0; d <= last; d++) {
          strides[d] = step;
          step *= Math.max(1, shape.size(d));
        }
        yield Layout.of(shape, strides, 0);
      }
      case PADDED -> {
        long step = 1;
        for (int d = last; d >= 0; d--) {
          strides[d] = step;
          step *= shape.size(d) + 3;
        }
        yield Layout.of(shape, strides, 2);
      }
      case STEPPED -> {
        for (int d = 0; d <= last; d++) {
          strides[d] *= 2;
        }
        yield Layout.of(shape, strides, 1);
      }
      case ROW_REPEATED -> {
        if (last < 0) {
          yield Layout.of(shape);
        }
        strides[0] = 0;
        yield Layout.of(shape, strides, 1);
      }
      case COLUMN_REPEATED -> {
        if (last < 0) {
          yield Layout.of(shape);
        }
        for (int d = 0; d < last; d++) {
          strides[d] /= Math.max(1, shape.size(last));
        }
        strides[last] = 0;
        yield Layout.of(shape, strides, 0);
      }
      case SINGLE -> Layout.of(shape, new long[strides.length], 2);
    };
  }
}
