package io.gradus.benchmarks.ours;

import io.gradus.Tensor;
import io.gradus.benchmarks.LibraryRows;
import io.gradus.benchmarks.Row;
import org.jspecify.annotations.Nullable;

/** The rows of Gradus. */
public final class GradusRows implements LibraryRows {
  /** Whether results are left to the garbage collector. */
  private static final boolean LEAVES = Boolean.getBoolean("gradus.bench.leave");

  @Override
  public @Nullable Preparation of(Row row) {
    Preparation plain = plain(row);
    return plain == null || isTiny(row) || LEAVES
        ? plain
        : () -> Results.givenBack(plain.prepare());
  }

  /** A kilobyte or four are left to the garbage collector in less time than they are given back. */
  private static boolean isTiny(Row row) {
    return switch (row.group()) {
      case SMALL -> true;
      case POINTWISE, CHAINS -> row.size(0) <= 1000;
      default -> false;
    };
  }

  private static @Nullable Preparation plain(Row row) {
    return switch (row.operation()) {
      case ADD, ADD_IN_PLACE, ADD_RECORDING, HUNDRED -> () -> SmallRows.prepare(row);
      case MUL, RELU, EXP, TANH, SIGMOID, GELU, CHAIN -> () -> PointwiseRows.prepare(row);
      case ADD_ROW, ADD_TRANSPOSED, COPY_TRANSPOSED -> () -> MatrixRows.layouts(row);
      case SUM, MAX, MEAN, SUM_DIM0, SUM_DIM1, VAR, VAR_DIM1, ARGMAX_DIM1 ->
          () -> ReductionRows.prepare(row);
      case SOFTMAX, LOG_SOFTMAX, LAYER_NORM -> () -> MatrixRows.rows(row);
      case MATMUL, MATMUL_F64 -> () -> MatrixRows.products(row);
      case CONVOLVE -> () -> ConvolutionRows.prepare(row);
      case SORT, TOPK, CUMSUM, INDEX_SELECT, GATHER, EMBEDDING, RANDN, MAX_POOL ->
          () -> DataRows.prepare(row);
      case MLP_FORWARD, MLP_SGD, MLP_ADAM, CNN_FORWARD, CNN_SGD -> () -> NetworkRows.prepare(row);
      case FIRST_RESULT, RESIDENT, WARM_UP -> null;
    };
  }

  @Override
  public float first() {
    Tensor sum = Tensor.ones(8).add(Tensor.ones(8));
    return sum.floatArray()[0];
  }
}
