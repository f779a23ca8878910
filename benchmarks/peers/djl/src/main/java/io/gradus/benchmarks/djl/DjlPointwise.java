package io.gradus.benchmarks.djl;

import ai.djl.ndarray.NDArray;
import ai.djl.nn.Activation;
import io.gradus.benchmarks.LibraryRows.Work;
import io.gradus.benchmarks.Operation;
import io.gradus.benchmarks.Row;

/** Pointwise operations into new arrays. */
final class DjlPointwise {
  private DjlPointwise() {}

  static Work prepare(Row row) {
    int n = row.size(0);
    NDArray x = Arrays.normal(1, n);
    if (row.operation() == Operation.MUL) {
      NDArray y = Arrays.normal(2, n);
      return Arrays.freed(() -> x.mul(y));
    }
    if (row.operation() == Operation.CHAIN) {
      return chain(x, Arrays.normal(2, n), Arrays.normal(3, n));
    }
    return switch (row.operation()) {
      case RELU -> Arrays.freed(() -> Activation.relu(x));
      case EXP -> Arrays.freed(x::exp);
      case TANH -> Arrays.freed(x::tanh);
      case SIGMOID -> Arrays.freed(() -> Activation.sigmoid(x));
      case GELU -> Arrays.freed(() -> Activation.gelu(x));
      default -> throw new IllegalArgumentException(row.label());
    };
  }

  private static Work chain(NDArray x, NDArray y, NDArray z) {
    return () -> {
      try (NDArray a = x.mul(2);
          NDArray b = a.add(y);
          NDArray c = b.tanh();
          NDArray d = c.mul(z);
          NDArray e = d.sub(x);
          NDArray f = e.abs();
          NDArray r = f.sqrt()) {
        return r;
      }
    };
  }
}
