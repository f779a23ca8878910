package io.gradus.backend.cpu.contract;

import io.gradus.backend.cpu.lanes.Lanes;
import io.gradus.tensor.kernel.ScalarOp;
import org.jspecify.annotations.Nullable;

/**
 * A matrix inside an array.
 *
 * @param addend what is to be added to each part of the matrix as soon as it is computed, while it
 *     is in the cache; null for nothing
 */
record FloatMatrix(
    float[] array,
    int offset,
    int rows,
    int columns,
    int rowStride,
    int stride,
    @Nullable FloatMatrix addend) {
  FloatMatrix(float[] array, int offset, int rows, int columns, int rowStride, int stride) {
    this(array, offset, rows, columns, rowStride, stride, null);
  }

  FloatMatrix transposed() {
    FloatMatrix turned = addend == null ? null : addend.transposed();
    return new FloatMatrix(array, offset, columns, rows, stride, rowStride, turned);
  }

  int at(int row, int column) {
    return offset + row * rowStride + column * stride;
  }

  /** Adds the addend to a part of the matrix that is computed. */
  void finish(int row, int height, int column, int width) {
    if (addend == null) {
      return;
    }
    for (int i = row; i < row + height; i++) {
      int to = at(i, column);
      int from = addend.at(i, column);
      if (stride != 1) {
        for (int j = 0; j < width; j++) {
          array[to + j * stride] += addend.array[from + j * addend.stride];
        }
      } else if (addend.stride == 0) {
        Lanes.uniform(ScalarOp.ADD, array, to, addend.array[from], array, to, width);
      } else if (addend.stride == 1) {
        Lanes.binary(ScalarOp.ADD, array, to, addend.array, from, array, to, width);
      } else {
        for (int j = 0; j < width; j++) {
          array[to + j] += addend.array[from + j * addend.stride];
        }
      }
    }
  }
}
