package io.gradus.benchmarks.djl;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.convolutional.Conv2d;
import io.gradus.benchmarks.LibraryRows.Work;
import io.gradus.benchmarks.Row;

/** Convolutions with all their gradients: DJL differentiates the sum of what it is given. */
final class DjlConvolutions {
  private static final Shape ONE = new Shape(1, 1);

  private DjlConvolutions() {}

  static Work prepare(Row row) {
    int side = row.size(3);
    int window = row.size(4);
    Shape stride = new Shape(row.size(5), row.size(5));
    Shape padding = new Shape(window / 2, window / 2);
    NDArray x = Arrays.leaf(Arrays.normal(1, row.size(0), row.size(1), side, side));
    NDArray weight = Arrays.leaf(Arrays.normal(2, row.size(2), row.size(1), window, window));
    NDArray bias = Arrays.leaf(Arrays.normal(3, row.size(2)));
    return Arrays.differentiated(
        x,
        () -> Conv2d.conv2d(x, weight, bias, stride, padding, ONE).singletonOrThrow(),
        x,
        weight,
        bias);
  }
}
