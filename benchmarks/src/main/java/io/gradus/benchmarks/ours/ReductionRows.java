package io.gradus.benchmarks.ours;

import io.gradus.Tensor;
import io.gradus.benchmarks.Inputs;
import io.gradus.benchmarks.LibraryRows.Work;
import io.gradus.benchmarks.Row;

/** Reductions of a vector, and of a square matrix along one dimension. */
final class ReductionRows {
  private ReductionRows() {}

  static Work prepare(Row row) {
    int n = row.size(0);
    return switch (row.operation()) {
      case SUM, MAX, MEAN -> ofAll(row, Tensor.tensor(Inputs.normal(n, 1)));
      default -> ofMatrix(row, Tensor.tensor(Inputs.normal(n * n, 1)).view(n, n));
    };
  }

  private static Work ofAll(Row row, Tensor x) {
    return switch (row.operation()) {
      case SUM -> () -> Results.computed(x.sum());
      case MAX -> () -> Results.computed(x.max());
      default -> () -> Results.computed(x.mean());
    };
  }

  private static Work ofMatrix(Row row, Tensor x) {
    return switch (row.operation()) {
      case SUM_DIM0 -> () -> Results.computed(x.sum(0));
      case SUM_DIM1 -> () -> Results.computed(x.sum(1));
      case VAR -> () -> Results.computed(x.var());
      case VAR_DIM1 -> () -> Results.computed(x.var(1));
      default -> () -> Results.computed(x.argmax(1));
    };
  }
}
