package io.gradus.benchmarks.libtorch;

import io.gradus.benchmarks.LibraryRows.Work;
import io.gradus.benchmarks.Operation;
import io.gradus.benchmarks.Row;
import org.bytedeco.pytorch.Tensor;

/** What a call costs, and additions of all sizes. */
final class TorchSmall {
  private static final int PAIRS = 50;

  private TorchSmall() {}

  static Work prepare(Row row) {
    int n = row.size(0);
    Tensor x = Tensors.normal(1, n);
    Tensor y = Tensors.normal(2, n);
    Operation operation = row.operation();
    if (operation == Operation.ADD) {
      return Tensors.freed(() -> x.add(y));
    }
    if (operation == Operation.ADD_IN_PLACE) {
      // what it returns is x itself
      return () -> x.add_(y);
    }
    Tensor leaf = Tensors.leaf(Tensors.normal(3, n));
    if (operation == Operation.ADD_RECORDING) {
      return Tensors.freed(() -> leaf.add(y));
    }
    return () -> hundred(leaf, x, y);
  }

  private static Tensor hundred(Tensor leaf, Tensor x, Tensor y) {
    Tensor t = leaf;
    for (int i = 0; i < PAIRS; i++) {
      Tensor product = t.mul(x);
      Tensor next = product.add(y);
      product.close();
      if (t != leaf) {
        t.close();
      }
      t = next;
    }
    Tensors.dropGradient(leaf);
    Tensors.backward(t, y);
    t.close();
    return leaf;
  }
}
