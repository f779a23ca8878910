package io.gradus.benchmarks.ours;

import io.gradus.Tensor;
import io.gradus.benchmarks.Inputs;
import io.gradus.benchmarks.LibraryRows.Work;
import io.gradus.benchmarks.Operation;
import io.gradus.benchmarks.Row;

/** What a call costs, and additions of all sizes. */
final class SmallRows {
  private static final int PAIRS = 50;

  private SmallRows() {}

  static Work prepare(Row row) {
    int n = row.size(0);
    Tensor x = Tensor.tensor(Inputs.normal(n, 1));
    Tensor y = Tensor.tensor(Inputs.normal(n, 2));
    Operation operation = row.operation();
    if (operation == Operation.ADD) {
      return () -> Results.computed(x.add(y));
    }
    if (operation == Operation.ADD_IN_PLACE) {
      return () -> x.add_(y);
    }
    Tensor leaf = Tensor.tensor(Inputs.normal(n, 3)).requiresGrad_();
    if (operation == Operation.ADD_RECORDING) {
      return () -> leaf.add(y);
    }
    return () -> hundred(leaf, x, y);
  }

  private static Tensor hundred(Tensor leaf, Tensor x, Tensor y) {
    Tensor t = leaf;
    for (int i = 0; i < PAIRS; i++) {
      t = t.mul(x).add(y);
    }
    leaf.setGrad(null);
    t.backward(y);
    return leaf;
  }
}
