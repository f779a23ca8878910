package io.gradus.benchmarks.djl;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.Shape;
import ai.djl.ndarray.types.SparseFormat;
import ai.djl.nn.core.Embedding;
import ai.djl.nn.pooling.Pool;
import io.gradus.benchmarks.Inputs;
import io.gradus.benchmarks.LibraryRows.Work;
import io.gradus.benchmarks.Row;

/** Sorting, running sums, look-ups, random numbers, pooling. */
final class DjlData {
  private DjlData() {}

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
    NDArray x = Arrays.normal(1, n);
    return Arrays.freed(x::sort);
  }

  private static Work topk(int rows, int columns, int k) {
    NDArray x = Arrays.normal(1, rows, columns);
    return () -> {
      try (NDList valuesAndIndices = x.topK(k, 1)) {
        return valuesAndIndices;
      }
    };
  }

  private static Work cumsum(int n) {
    NDArray x = Arrays.normal(1, n);
    return Arrays.freed(() -> x.cumSum(0));
  }

  private static Work indexSelect(int rows, int columns) {
    NDArray x = Arrays.normal(1, rows, columns);
    NDArray index = Arrays.manager().create(Inputs.indices(rows, rows, 2));
    // without a gradient, an embedding is libtorch's index_select
    return Arrays.freed(() -> Embedding.embedding(index, x, SparseFormat.DENSE).singletonOrThrow());
  }

  private static Work gather(int n) {
    NDArray x = Arrays.normal(1, n);
    NDArray index = Arrays.manager().create(Inputs.indices(n, n, 2));
    return Arrays.freed(() -> x.gather(index, 0));
  }

  private static Work embedding(int rows, int columns, int lookups) {
    NDArray table = Arrays.leaf(Arrays.normal(1, rows, columns));
    NDArray index = Arrays.manager().create(Inputs.indices(lookups, rows, 2));
    return Arrays.differentiated(
        index,
        () -> Embedding.embedding(index, table, SparseFormat.DENSE).singletonOrThrow(),
        table);
  }

  private static Work randn(int n) {
    Shape shape = new Shape(n);
    return Arrays.freed(() -> Arrays.manager().randomNormal(shape));
  }

  private static Work maxPool(Row row) {
    NDArray x = Arrays.normal(1, row.size(0), row.size(1), row.size(2), row.size(3));
    Shape two = new Shape(2, 2);
    Shape none = new Shape(0, 0);
    return Arrays.freed(() -> Pool.maxPool2d(x, two, two, none, false));
  }
}
