package io.gradus.benchmarks.libtorch;

import io.gradus.benchmarks.Inputs;
import io.gradus.benchmarks.LibraryRows.Work;
import io.gradus.benchmarks.Row;
import org.bytedeco.pytorch.T_TensorTensor_T;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/** Sorting, running sums, look-ups, random numbers, pooling. */
final class TorchData {
  private static final long[] WINDOW = {2, 2};

  private TorchData() {}

  static Work prepare(Row row) {
    return switch (row.operation()) {
      case SORT -> sort(row.size(0));
      case TOPK -> topk(row.size(0), row.size(1), row.size(2));
      case CUMSUM -> cumsum(row.size(0));
      case INDEX_SELECT -> indexSelect(row.size(0), row.size(1));
      case GATHER -> gather(row.size(0));
      case EMBEDDING -> embedding(row.size(0), row.size(1), row.size(2));
      case RANDN -> randn(row.size(0));
      default -> maxPool(row);
    };
  }

  private static Work sort(int n) {
    Tensor x = Tensors.normal(1, n);
    return () -> pair(torch.sort(x));
  }

  private static Work topk(int rows, int columns, int k) {
    Tensor x = Tensors.normal(1, rows, columns);
    return () -> pair(torch.topk(x, k));
  }

  private static Tensor pair(T_TensorTensor_T result) {
    try (result;
        Tensor values = result.get0();
        Tensor indices = result.get1()) {
      return indices;
    }
  }

  private static Work cumsum(int n) {
    Tensor x = Tensors.normal(1, n);
    return Tensors.freed(() -> torch.cumsum(x, 0));
  }

  private static Work indexSelect(int rows, int columns) {
    Tensor x = Tensors.normal(1, rows, columns);
    Tensor index = Tensor.create(Inputs.indices(rows, rows, 2));
    return Tensors.freed(() -> torch.index_select(x, 0, index));
  }

  private static Work gather(int n) {
    Tensor x = Tensors.normal(1, n);
    Tensor index = Tensor.create(Inputs.indices(n, n, 2));
    return Tensors.freed(() -> torch.gather(x, 0, index));
  }

  private static Work embedding(int rows, int columns, int lookups) {
    Tensor table = Tensors.leaf(Tensors.normal(1, rows, columns));
    Tensor index = Tensor.create(Inputs.indices(lookups, rows, 2));
    Tensor gradient = Tensors.normal(3, lookups, columns);
    return () -> {
      Tensors.dropGradient(table);
      try (Tensor y = torch.embedding(table, index)) {
        Tensors.backward(y, gradient);
      }
      return table;
    };
  }

  private static Work randn(int n) {
    return Tensors.freed(() -> torch.randn(n));
  }

  private static Work maxPool(Row row) {
    Tensor x = Tensors.normal(1, row.size(0), row.size(1), row.size(2), row.size(3));
    return Tensors.freed(() -> torch.max_pool2d(x, WINDOW));
  }
}
