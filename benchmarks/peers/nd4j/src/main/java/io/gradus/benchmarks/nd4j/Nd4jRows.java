package io.gradus.benchmarks.nd4j;

import io.gradus.benchmarks.LibraryRows;
import io.gradus.benchmarks.Row;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * The rows of ND4J. Its arrays record no gradients, and its GELU is an approximation: another
 * function.
 */
public final class Nd4jRows implements LibraryRows {
  @Override
  public @Nullable Preparation of(Row row) {
    return switch (row.operation()) {
      case ADD, ADD_IN_PLACE, MUL, RELU, EXP, TANH, SIGMOID, CHAIN ->
          () -> Nd4jPointwise.prepare(row);
      case ADD_ROW, ADD_TRANSPOSED, COPY_TRANSPOSED -> () -> Nd4jMatrices.layouts(row);
      case SUM, MAX, MEAN, SUM_DIM0, SUM_DIM1, VAR, VAR_DIM1, ARGMAX_DIM1 ->
          () -> Nd4jMatrices.reductions(row);
      case SOFTMAX, LOG_SOFTMAX -> () -> Nd4jMatrices.rows(row);
      case MATMUL, MATMUL_F64 -> () -> Nd4jMatrices.products(row);
      case SORT, TOPK, CUMSUM, INDEX_SELECT, GATHER, RANDN, MAX_POOL -> () -> Nd4jData.prepare(row);
      case MLP_FORWARD, CNN_FORWARD -> () -> Nd4jNetworks.prepare(row);
      case ADD_RECORDING,
          HUNDRED,
          GELU,
          LAYER_NORM,
          CONVOLVE,
          EMBEDDING,
          MLP_SGD,
          MLP_ADAM,
          CNN_SGD,
          FIRST_RESULT,
          RESIDENT,
          WARM_UP ->
          null;
    };
  }

  @Override
  public float first() {
    INDArray sum = Nd4j.ones(DataType.FLOAT, 8).add(Nd4j.ones(DataType.FLOAT, 8));
    return sum.getFloat(0);
  }
}
