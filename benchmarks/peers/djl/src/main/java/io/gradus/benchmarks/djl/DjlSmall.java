package io.gradus.benchmarks.djl;

import ai.djl.ndarray.NDArray;
import ai.djl.pytorch.jni.JniUtils;
import io.gradus.benchmarks.LibraryRows.Work;
import io.gradus.benchmarks.Operation;
import io.gradus.benchmarks.Row;

/** What a call costs, and additions of all sizes. */
final class DjlSmall {
  private static final int PAIRS = 50;

  private DjlSmall() {}

  static Work prepare(Row row) {
    int n = row.size(0);
    NDArray x = Arrays.normal(1, n);
    NDArray y = Arrays.normal(2, n);
    Operation operation = row.operation();
    if (operation == Operation.ADD) {
      return Arrays.freed(() -> x.add(y));
    }
    if (operation == Operation.ADD_IN_PLACE) {
      // what it returns is x itself
      return () -> x.addi(y);
    }
    NDArray leaf = Arrays.leaf(Arrays.normal(3, n));
    if (operation == Operation.ADD_RECORDING) {
      // as an open collector would: opening one for each sum would cost more than the sum
      JniUtils.setGradMode(true);
      return Arrays.freed(() -> leaf.add(y));
    }
    return Arrays.differentiated(leaf, () -> hundred(leaf, x, y), leaf);
  }

  private static NDArray hundred(NDArray leaf, NDArray x, NDArray y) {
    NDArray t = leaf;
    for (int i = 0; i < PAIRS; i++) {
      t = t.mul(x).add(y);
    }
    return t;
  }
}
