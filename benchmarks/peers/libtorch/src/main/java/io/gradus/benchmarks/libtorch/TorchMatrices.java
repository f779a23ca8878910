package io.gradus.benchmarks.libtorch;

import io.gradus.benchmarks.Inputs;
import io.gradus.benchmarks.LibraryRows.Work;
import io.gradus.benchmarks.Operation;
import io.gradus.benchmarks.Row;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptional;
import org.bytedeco.pytorch.global.torch;

/** Matrices: unlike layouts, normalised rows, products. */
final class TorchMatrices {
  private static final double EPSILON = 1e-5;

  private TorchMatrices() {}

  static Work layouts(Row row) {
    int side = row.size(0);
    Tensor x = Tensors.normal(1, side, side);
    if (row.operation() == Operation.ADD_ROW) {
      Tensor y = Tensors.normal(2, side);
      return Tensors.freed(() -> x.add(y));
    }
    boolean adds = row.operation() == Operation.ADD_TRANSPOSED;
    return () -> {
      try (Tensor transposed = x.t();
          Tensor r = adds ? transposed.add(x) : transposed.contiguous()) {
        return r;
      }
    };
  }

  static Work rows(Row row) {
    int columns = row.size(1);
    Tensor x = Tensors.normal(1, row.size(0), columns);
    if (row.operation() == Operation.SOFTMAX) {
      return Tensors.freed(() -> torch.softmax(x, 1));
    }
    if (row.operation() == Operation.LOG_SOFTMAX) {
      return Tensors.freed(() -> torch.log_softmax(x, 1));
    }
    Tensors.leaf(x);
    Tensor weight = Tensors.leaf(Tensors.normal(2, columns));
    Tensor bias = Tensors.leaf(Tensors.normal(3, columns));
    Tensor gradient = Tensors.normal(4, row.size(0), columns);
    TensorOptional w = new TensorOptional(weight);
    TensorOptional b = new TensorOptional(bias);
    long[] shape = {columns};
    return () -> {
      Tensors.dropGradient(x);
      Tensors.dropGradient(weight);
      Tensors.dropGradient(bias);
      try (Tensor y = torch.layer_norm(x, shape, w, b, EPSILON, false)) {
        Tensors.backward(y, gradient);
      }
      return x;
    };
  }

  static Work products(Row row) {
    int m = row.size(0);
    int k = row.size(1);
    int n = row.size(2);
    if (row.operation() == Operation.MATMUL_F64) {
      Tensor a = Tensor.create(Inputs.normalDoubles(m * k, 1), m, k);
      Tensor b = Tensor.create(Inputs.normalDoubles(k * n, 2), k, n);
      return Tensors.freed(() -> a.matmul(b));
    }
    Tensor a = Tensors.normal(1, m, k);
    Tensor b = Tensors.normal(2, k, n);
    return Tensors.freed(() -> a.matmul(b));
  }
}
