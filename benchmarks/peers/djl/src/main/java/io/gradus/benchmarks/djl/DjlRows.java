package io.gradus.benchmarks.djl;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.gradus.benchmarks.LibraryRows;
import io.gradus.benchmarks.Row;
import org.jspecify.annotations.Nullable;

/** The rows of DJL; it has no variance. Its threads are those of the environment. */
public final class DjlRows implements LibraryRows {
  @Override
  public @Nullable Preparation of(Row row) {
    return switch (row.operation()) {
      case ADD, ADD_IN_PLACE, ADD_RECORDING, HUNDRED -> () -> DjlSmall.prepare(row);
      case MUL, RELU, EXP, TANH, SIGMOID, GELU, CHAIN -> () -> DjlPointwise.prepare(row);
      case ADD_ROW, ADD_TRANSPOSED, COPY_TRANSPOSED -> () -> DjlMatrices.layouts(row);
      case SUM, MAX, MEAN, SUM_DIM0, SUM_DIM1, ARGMAX_DIM1 -> () -> DjlMatrices.reductions(row);
      case SOFTMAX, LOG_SOFTMAX -> () -> DjlMatrices.rows(row);
      case LAYER_NORM -> () -> DjlMatrices.layerNorm(row);
      case MATMUL, MATMUL_F64 -> () -> DjlMatrices.products(row);
      case CONVOLVE -> () -> DjlConvolutions.prepare(row);
      case SORT, TOPK, CUMSUM, INDEX_SELECT, GATHER, EMBEDDING, RANDN, MAX_POOL ->
          () -> DjlData.prepare(row);
      case MLP_FORWARD, MLP_SGD, MLP_ADAM, CNN_FORWARD, CNN_SGD -> () -> DjlNetworks.prepare(row);
      case VAR, VAR_DIM1, FIRST_RESULT, RESIDENT, WARM_UP -> null;
    };
  }

  @Override
  public float first() {
    try (NDManager manager = NDManager.newBaseManager()) {
      NDArray sum = manager.ones(new Shape(8)).add(manager.ones(new Shape(8)));
      return sum.toFloatArray()[0];
    }
  }
}
