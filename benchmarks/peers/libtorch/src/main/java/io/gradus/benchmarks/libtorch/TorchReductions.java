package io.gradus.benchmarks.libtorch;

import io.gradus.benchmarks.LibraryRows.Work;
import io.gradus.benchmarks.Row;
import org.bytedeco.pytorch.LongOptional;
import org.bytedeco.pytorch.ScalarOptional;
import org.bytedeco.pytorch.Tensor;

/** Reductions of a vector, and of a square matrix along one dimension. */
final class TorchReductions {
  private static final long[] ROWS = {1};

  private TorchReductions() {}

  static Work prepare(Row row) {
    int n = row.size(0);
    return switch (row.operation()) {
      case SUM, MAX, MEAN -> ofAll(row, Tensors.normal(1, n));
      default -> ofMatrix(row, Tensors.normal(1, n, n));
    };
  }

  private static Work ofAll(Row row, Tensor x) {
    return switch (row.operation()) {
      case SUM -> Tensors.freed(() -> x.sum());
      case MAX -> Tensors.freed(() -> x.max());
      default -> Tensors.freed(() -> x.mean());
    };
  }

  private static Work ofMatrix(Row row, Tensor x) {
    ScalarOptional unbiased = new ScalarOptional();
    LongOptional rows = new LongOptional(1);
    return switch (row.operation()) {
      case SUM_DIM0 -> Tensors.freed(() -> x.sum(0));
      case SUM_DIM1 -> Tensors.freed(() -> x.sum(1));
      case VAR -> Tensors.freed(() -> x.var());
      case VAR_DIM1 -> Tensors.freed(() -> x.var(ROWS, unbiased, false));
      default -> Tensors.freed(() -> x.argmax(rows, false));
    };
  }
}
