package io.gradus.benchmarks.libtorch;

import io.gradus.benchmarks.LibraryRows.Work;
import io.gradus.benchmarks.Operation;
import io.gradus.benchmarks.Row;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/** Pointwise operations into new tensors. */
final class TorchPointwise {
  private TorchPointwise() {}

  static Work prepare(Row row) {
    int n = row.size(0);
    Tensor x = Tensors.normal(1, n);
    if (row.operation() == Operation.MUL) {
      Tensor y = Tensors.normal(2, n);
      return Tensors.freed(() -> x.mul(y));
    }
    if (row.operation() == Operation.CHAIN) {
      return chain(x, Tensors.normal(2, n), Tensors.normal(3, n));
    }
    return switch (row.operation()) {
      case RELU -> Tensors.freed(x::relu);
      case EXP -> Tensors.freed(x::exp);
      case TANH -> Tensors.freed(x::tanh);
      case SIGMOID -> Tensors.freed(x::sigmoid);
      case GELU -> Tensors.freed(() -> torch.gelu(x));
      default -> throw new IllegalArgumentException(row.label());
    };
  }

  private static Work chain(Tensor x, Tensor y, Tensor z) {
    Scalar two = new Scalar(2);
    return () -> {
      try (Tensor a = x.mul(two);
          Tensor b = a.add(y);
          Tensor c = b.tanh();
          Tensor d = c.mul(z);
          Tensor e = d.sub(x);
          Tensor f = e.abs();
          Tensor r = f.sqrt()) {
        return r;
      }
    };
  }
}
