package io.gradus.benchmarks.ours;

import io.gradus.Tensor;
import io.gradus.benchmarks.Inputs;
import io.gradus.benchmarks.LibraryRows.Work;
import io.gradus.benchmarks.Operation;
import io.gradus.benchmarks.Row;
import io.gradus.nn.Normalizations;

/** Matrices: unlike layouts, normalised rows, products. */
final class MatrixRows {
  private static final double EPSILON = 1e-5;

  private MatrixRows() {}

  static Work layouts(Row row) {
    int side = row.size(0);
    Tensor x = Normal.of(1, side, side);
    if (row.operation() == Operation.ADD_ROW) {
      Tensor y = Tensor.tensor(Inputs.normal(side, 2));
      return () -> Results.computed(x.add(y));
    }
    if (row.operation() == Operation.ADD_TRANSPOSED) {
      return () -> Results.computed(x.t().add(x));
    }
    return () -> Results.computed(x.t().contiguous());
  }

  static Work rows(Row row) {
    int columns = row.size(1);
    Tensor x = Normal.of(1, row.size(0), columns);
    if (row.operation() == Operation.SOFTMAX) {
      return () -> Results.computed(x.softmax(1));
    }
    if (row.operation() == Operation.LOG_SOFTMAX) {
      return () -> Results.computed(x.logSoftmax(1));
    }
    x.requiresGrad_();
    Tensor weight = Tensor.tensor(Inputs.normal(columns, 2)).requiresGrad_();
    Tensor bias = Tensor.tensor(Inputs.normal(columns, 3)).requiresGrad_();
    Tensor gradient = Normal.of(4, row.size(0), columns);
    return () -> {
      x.setGrad(null);
      weight.setGrad(null);
      bias.setGrad(null);
      Tensor y = Normalizations.layerNorm(x, new long[] {columns}, weight, bias, EPSILON);
      y.backward(gradient);
      return x;
    };
  }

  static Work products(Row row) {
    int m = row.size(0);
    int k = row.size(1);
    int n = row.size(2);
    if (row.operation() == Operation.MATMUL_F64) {
      Tensor a = Tensor.tensor(Inputs.normalDoubles(m * k, 1)).view(m, k);
      Tensor b = Tensor.tensor(Inputs.normalDoubles(k * n, 2)).view(k, n);
      return () -> Results.computed(a.matmul(b));
    }
    Tensor a = Normal.of(1, m, k);
    Tensor b = Normal.of(2, k, n);
    return () -> Results.computed(a.matmul(b));
  }
}
