package io.gradus.benchmarks.nd4j;

import io.gradus.benchmarks.Inputs;
import io.gradus.benchmarks.LibraryRows.Work;
import io.gradus.benchmarks.Operation;
import io.gradus.benchmarks.Row;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** Matrices: unlike layouts, reductions, normalised rows, products. */
final class Nd4jMatrices {
  private Nd4jMatrices() {}

  static Work layouts(Row row) {
    int side = row.size(0);
    INDArray x = Arrays.normal(1, side, side);
    if (row.operation() == Operation.ADD_ROW) {
      INDArray y = Arrays.normal(2, side);
      return Arrays.freed(() -> x.addRowVector(y));
    }
    if (row.operation() == Operation.ADD_TRANSPOSED) {
      return Arrays.freed(() -> x.transpose().add(x));
    }
    return Arrays.freed(() -> x.transpose().dup('c'));
  }

  static Work reductions(Row row) {
    int n = row.size(0);
    return switch (row.operation()) {
      case SUM, MAX, MEAN -> ofAll(row, Arrays.normal(1, n));
      default -> ofMatrix(row, Arrays.normal(1, n, n));
    };
  }

  private static Work ofAll(Row row, INDArray x) {
    return switch (row.operation()) {
      case SUM -> Arrays.freed(() -> x.sum());
      case MAX -> Arrays.freed(() -> x.max());
      default -> Arrays.freed(() -> x.mean());
    };
  }

  private static Work ofMatrix(Row row, INDArray x) {
    return switch (row.operation()) {
      case SUM_DIM0 -> Arrays.freed(() -> x.sum(0));
      case SUM_DIM1 -> Arrays.freed(() -> x.sum(1));
      case VAR -> Arrays.freed(() -> x.var());
      case VAR_DIM1 -> Arrays.freed(() -> x.var(1));
      default -> Arrays.freed(() -> x.argMax(1));
    };
  }

  static Work rows(Row row) {
    INDArray x = Arrays.normal(1, row.size(0), row.size(1));
    if (row.operation() == Operation.SOFTMAX) {
      return Arrays.freed(() -> Nd4j.nn().softmax(x, 1));
    }
    return Arrays.freed(() -> Nd4j.nn().logSoftmax(x, 1));
  }

  static Work products(Row row) {
    int m = row.size(0);
    int k = row.size(1);
    int n = row.size(2);
    if (row.operation() == Operation.MATMUL_F64) {
      INDArray a = doubles(1, m, k);
      INDArray b = doubles(2, k, n);
      return Arrays.freed(() -> a.mmul(b));
    }
    INDArray a = Arrays.normal(1, m, k);
    INDArray b = Arrays.normal(2, k, n);
    return Arrays.freed(() -> a.mmul(b));
  }

  private static INDArray doubles(long seed, int rows, int columns) {
    double[] values = Inputs.normalDoubles(rows * columns, seed);
    return Nd4j.create(values, new long[] {rows, columns}, DataType.DOUBLE);
  }
}
