package io.gradus.benchmarks.nd4j;

import io.gradus.benchmarks.LibraryRows.Work;
import io.gradus.benchmarks.Operation;
import io.gradus.benchmarks.Row;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.ops.transforms.Transforms;

/** Additions and pointwise operations. */
final class Nd4jPointwise {
  private Nd4jPointwise() {}

  static Work prepare(Row row) {
    int n = row.size(0);
    INDArray x = Arrays.normal(1, n);
    if (row.operation() == Operation.CHAIN) {
      return chain(x, Arrays.normal(2, n), Arrays.normal(3, n));
    }
    INDArray y = Arrays.normal(2, n);
    return switch (row.operation()) {
      case ADD -> Arrays.freed(() -> x.add(y));
      case ADD_IN_PLACE -> () -> x.addi(y);
      case MUL -> Arrays.freed(() -> x.mul(y));
      case RELU -> Arrays.freed(() -> Transforms.relu(x, true));
      case EXP -> Arrays.freed(() -> Transforms.exp(x, true));
      case TANH -> Arrays.freed(() -> Transforms.tanh(x, true));
      case SIGMOID -> Arrays.freed(() -> Transforms.sigmoid(x, true));
      default -> throw new IllegalArgumentException(row.label());
    };
  }

  private static Work chain(INDArray x, INDArray y, INDArray z) {
    return () -> {
      INDArray a = x.mul(2);
      INDArray b = a.add(y);
      INDArray c = Transforms.tanh(b, true);
      INDArray d = c.mul(z);
      INDArray e = d.sub(x);
      INDArray f = Transforms.abs(e, true);
      INDArray r = Transforms.sqrt(f, true);
      Arrays.free(a, b, c, d, e, f, r);
      return r;
    };
  }
}
