package io.gradus.benchmarks.ours;

import io.gradus.Tensor;
import io.gradus.benchmarks.Inputs;
import io.gradus.benchmarks.LibraryRows.Work;
import io.gradus.benchmarks.Operation;
import io.gradus.benchmarks.Row;

/** Pointwise operations into new tensors. */
final class PointwiseRows {
  private PointwiseRows() {}

  static Work prepare(Row row) {
    int n = row.size(0);
    Tensor x = Tensor.tensor(Inputs.normal(n, 1));
    if (row.operation() == Operation.MUL) {
      Tensor y = Tensor.tensor(Inputs.normal(n, 2));
      return () -> Results.computed(x.mul(y));
    }
    if (row.operation() == Operation.CHAIN) {
      Tensor y = Tensor.tensor(Inputs.normal(n, 2));
      Tensor z = Tensor.tensor(Inputs.normal(n, 3));
      return () -> Results.computed(x.mul(2).add(y).tanh().mul(z).sub(x).abs().sqrt());
    }
    return switch (row.operation()) {
      case RELU -> () -> Results.computed(x.relu());
      case EXP -> () -> Results.computed(x.exp());
      case TANH -> () -> Results.computed(x.tanh());
      case SIGMOID -> () -> Results.computed(x.sigmoid());
      case GELU -> () -> Results.computed(x.gelu());
      default -> throw new IllegalArgumentException(row.label());
    };
  }
}
