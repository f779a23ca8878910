package io.gradus.backend.cpu.contract;

/** A matrix inside an array. */
record DoubleMatrix(double[] array, int offset, int rows, int columns, int rowStride, int stride) {
  DoubleMatrix transposed() {
    return new DoubleMatrix(array, offset, columns, rows, stride, rowStride);
  }

  int at(int row, int column) {
    return offset + row * rowStride + column * stride;
  }
}
