package io.gradus.benchmarks.nd4j;

import io.gradus.benchmarks.Inputs;
import io.gradus.benchmarks.LibraryRows.Work;
import io.gradus.benchmarks.Row;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.ops.impl.layers.convolution.config.Pooling2DConfig;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.factory.ops.NDBase;

/** Sorting, running sums, look-ups, random numbers, pooling. */
final class Nd4jData {
  private static final NDBase BASE = new NDBase();

  private Nd4jData() {}

  static Work prepare(Row row) {
    return switch (row.operation()) {
      case SORT -> sort(row.size(0));
      case TOPK -> topk(row.size(0), row.size(1), row.size(2));
      case CUMSUM -> cumsum(row.size(0));
      case INDEX_SELECT -> look(Arrays.normal(1, row.size(0), row.size(1)), row.size(0));
      case GATHER -> look(Arrays.normal(1, row.size(0)), row.size(0));
      case RANDN -> randn(row.size(0));
      default -> maxPool(row);
    };
  }

  /** Sorting is in place and gives values alone: of a copy. */
  private static Work sort(int n) {
    INDArray x = Arrays.normal(1, n);
    return Arrays.freed(() -> Nd4j.sort(x.dup(), true));
  }

  private static Work topk(int rows, int columns, int k) {
    INDArray x = Arrays.normal(1, rows, columns);
    return () -> {
      INDArray[] valuesAndIndices = Nd4j.nn().topK(x, k, true);
      Arrays.free(valuesAndIndices);
      return valuesAndIndices;
    };
  }

  private static Work cumsum(int n) {
    INDArray x = Arrays.normal(1, n);
    return Arrays.freed(() -> BASE.cumsum(x, 0));
  }

  /** Rows of a matrix, or elements of a vector. */
  private static Work look(INDArray x, int n) {
    INDArray index = Nd4j.createFromArray(Inputs.indices(n, n, 2));
    return Arrays.freed(() -> BASE.gather(x, index, 0));
  }

  private static Work randn(int n) {
    return Arrays.freed(() -> Nd4j.randn(DataType.FLOAT, n));
  }

  private static Work maxPool(Row row) {
    INDArray x = Arrays.normal(1, row.size(0), row.size(1), row.size(2), row.size(3));
    Pooling2DConfig two = windows();
    return Arrays.freed(() -> Nd4j.cnn().maxPooling2d(x, two));
  }

  static Pooling2DConfig windows() {
    return Pooling2DConfig.builder().kH(2).kW(2).sH(2).sW(2).build();
  }
}
