package io.gradus.benchmarks.ours;

import io.gradus.Tensor;
import io.gradus.benchmarks.Inputs;
import io.gradus.benchmarks.LibraryRows.Work;
import io.gradus.benchmarks.Row;
import io.gradus.nn.Lookups;
import io.gradus.nn.PoolOptions;
import io.gradus.nn.Pooling;

/** Sorting, running sums, look-ups, random numbers, pooling. */
final class DataRows {
  private DataRows() {}

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
    Tensor x = Tensor.tensor(Inputs.normal(n, 1));
    return x::sort;
  }

  private static Work topk(int rows, int columns, int k) {
    Tensor x = Tensor.tensor(Inputs.normal(rows * columns, 1)).view(rows, columns);
    return () -> x.topk(k);
  }

  private static Work cumsum(int n) {
    Tensor x = Tensor.tensor(Inputs.normal(n, 1));
    return () -> Results.computed(x.cumsum(0));
  }

  private static Work indexSelect(int rows, int columns) {
    Tensor x = Tensor.tensor(Inputs.normal(rows * columns, 1)).view(rows, columns);
    Tensor index = Tensor.tensor(Inputs.indices(rows, rows, 2));
    return () -> Results.computed(x.indexSelect(0, index));
  }

  private static Work gather(int n) {
    Tensor x = Tensor.tensor(Inputs.normal(n, 1));
    Tensor index = Tensor.tensor(Inputs.indices(n, n, 2));
    return () -> Results.computed(x.gather(0, index));
  }

  private static Work embedding(int rows, int columns, int lookups) {
    Tensor table = Normal.of(1, rows, columns);
    table.requiresGrad_();
    Tensor index = Tensor.tensor(Inputs.indices(lookups, rows, 2));
    Tensor gradient = Normal.of(3, lookups, columns);
    return () -> {
      table.setGrad(null);
      Lookups.embedding(table, index).backward(gradient);
      return table;
    };
  }

  private static Work randn(int n) {
    return () -> Results.computed(Tensor.randn(n));
  }

  private static Work maxPool(Row row) {
    Tensor x =
        Tensor.tensor(Inputs.normal(row.elements(), 1))
            .view(row.size(0), row.size(1), row.size(2), row.size(3));
    PoolOptions windows = PoolOptions.of(2);
    return () -> Results.computed(Pooling.maxPool(x, 2, windows).values());
  }
}
