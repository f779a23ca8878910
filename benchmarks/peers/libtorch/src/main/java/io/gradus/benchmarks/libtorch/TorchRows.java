package io.gradus.benchmarks.libtorch;

import io.gradus.benchmarks.LibraryRows;
import io.gradus.benchmarks.Row;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.jspecify.annotations.Nullable;

/** The rows of libtorch. */
public final class TorchRows implements LibraryRows {
  @Override
  public @Nullable Preparation of(Row row) {
    return switch (row.operation()) {
      case ADD, ADD_IN_PLACE, ADD_RECORDING, HUNDRED -> () -> threads(TorchSmall.prepare(row));
      case MUL, RELU, EXP, TANH, SIGMOID, GELU, CHAIN -> () -> threads(TorchPointwise.prepare(row));
      case ADD_ROW, ADD_TRANSPOSED, COPY_TRANSPOSED -> () -> threads(TorchMatrices.layouts(row));
      case SUM, MAX, MEAN, SUM_DIM0, SUM_DIM1, VAR, VAR_DIM1, ARGMAX_DIM1 ->
          () -> threads(TorchReductions.prepare(row));
      case SOFTMAX, LOG_SOFTMAX, LAYER_NORM -> () -> threads(TorchMatrices.rows(row));
      case MATMUL, MATMUL_F64 -> () -> threads(TorchMatrices.products(row));
      case CONVOLVE -> () -> threads(TorchConvolutions.prepare(row));
      case SORT, TOPK, CUMSUM, INDEX_SELECT, GATHER, EMBEDDING, RANDN, MAX_POOL ->
          () -> threads(TorchData.prepare(row));
      case MLP_FORWARD, MLP_SGD, MLP_ADAM, CNN_FORWARD, CNN_SGD ->
          () -> threads(TorchNetworks.prepare(row));
      case FIRST_RESULT, RESIDENT, WARM_UP -> null;
    };
  }

  /** As many threads as Gradus has. */
  private static Work threads(Work work) {
    torch.set_num_threads(Runtime.getRuntime().availableProcessors());
    return work;
  }

  @Override
  public float first() {
    try (Tensor x = torch.ones(8);
        Tensor y = torch.ones(8);
        Tensor sum = x.add(y);
        Tensor element = sum.select(0, 0)) {
      return element.item_float();
    }
  }
}
