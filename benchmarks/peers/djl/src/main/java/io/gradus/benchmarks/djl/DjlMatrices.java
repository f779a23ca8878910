package io.gradus.benchmarks.djl;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.norm.LayerNorm;
import io.gradus.benchmarks.Inputs;
import io.gradus.benchmarks.LibraryRows.Work;
import io.gradus.benchmarks.Operation;
import io.gradus.benchmarks.Row;

/** Matrices: unlike layouts, reductions, normalised rows, products. */
final class DjlMatrices {
  private static final float EPSILON = 1e-5f;
  private static final int[] COLUMNS = {0};
  private static final int[] ROWS = {1};

  private DjlMatrices() {}

  static Work layouts(Row row) {
    int side = row.size(0);
    NDArray x = Arrays.normal(1, side, side);
    if (row.operation() == Operation.ADD_ROW) {
      NDArray y = Arrays.normal(2, side);
      return Arrays.freed(() -> x.add(y));
    }
    boolean adds = row.operation() == Operation.ADD_TRANSPOSED;
    return () -> {
      try (NDArray transposed = x.transpose();
          NDArray r = adds ? transposed.add(x) : transposed.duplicate()) {
        return r;
      }
    };
  }

  static Work reductions(Row row) {
    int n = row.size(0);
    return switch (row.operation()) {
      case SUM, MAX, MEAN -> ofAll(row, Arrays.normal(1, n));
      default -> ofMatrix(row, Arrays.normal(1, n, n));
    };
  }

  private static Work ofAll(Row row, NDArray x) {
    return switch (row.operation()) {
      case SUM -> Arrays.freed(x::sum);
      case MAX -> Arrays.freed(x::max);
      default -> Arrays.freed(x::mean);
    };
  }

  private static Work ofMatrix(Row row, NDArray x) {
    return switch (row.operation()) {
      case SUM_DIM0 -> Arrays.freed(() -> x.sum(COLUMNS));
      case SUM_DIM1 -> Arrays.freed(() -> x.sum(ROWS));
      default -> Arrays.freed(() -> x.argMax(1));
    };
  }

  static Work rows(Row row) {
    NDArray x = Arrays.normal(1, row.size(0), row.size(1));
    if (row.operation() == Operation.SOFTMAX) {
      return Arrays.freed(() -> x.softmax(1));
    }
    return Arrays.freed(() -> x.logSoftmax(1));
  }

  static Work layerNorm(Row row) {
    int columns = row.size(1);
    NDArray x = Arrays.leaf(Arrays.normal(1, row.size(0), columns));
    NDArray weight = Arrays.leaf(Arrays.normal(2, columns));
    NDArray bias = Arrays.leaf(Arrays.normal(3, columns));
    Shape shape = new Shape(columns);
    return Arrays.differentiated(
        x,
        () -> LayerNorm.layerNorm(x, shape, weight, bias, EPSILON).singletonOrThrow(),
        x,
        weight,
        bias);
  }

  static Work products(Row row) {
    int m = row.size(0);
    int k = row.size(1);
    int n = row.size(2);
    if (row.operation() == Operation.MATMUL_F64) {
      NDArray a = Arrays.manager().create(Inputs.normalDoubles(m * k, 1)).reshape(m, k);
      NDArray b = Arrays.manager().create(Inputs.normalDoubles(k * n, 2)).reshape(k, n);
      return Arrays.freed(() -> a.matMul(b));
    }
    NDArray a = Arrays.normal(1, m, k);
    NDArray b = Arrays.normal(2, k, n);
    return Arrays.freed(() -> a.matMul(b));
  }
}
