package io.gradus.backend.cpu.contract;

/** A matrix inside an array. */
record FloatMatrix(float[] array, int offset, int rows, int columns, int rowStride, int stride) {
  FloatMatrix transposed() {
    return new FloatMatrix(array, offset, columns, rows, stride, rowStride);
  }

  int at(int row, int column) {
    return offset + row * rowStride + column * stride;
  }
}
