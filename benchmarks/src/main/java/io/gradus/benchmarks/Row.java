package io.gradus.benchmarks;

/** One row of the table; float32 unless its name says otherwise. */
public enum Row {
  /** Add of two 8-element tensors. */
  ADD_8(Group.SMALL, Operation.ADD, "add of two 8-element tensors", 8),
  /** Add of two 8-element tensors, in place. */
  ADD_8_IN_PLACE(Group.SMALL, Operation.ADD_IN_PLACE, "add of two 8-element tensors, in place", 8),
  /** Add of two 8-element tensors, recording a gradient. */
  ADD_8_RECORDING(
      Group.SMALL,
      Operation.ADD_RECORDING,
      "add of two 8-element tensors, recording a gradient",
      8),
  /** 100 small operations forward + backward. */
  HUNDRED(Group.SMALL, Operation.HUNDRED, "100 small operations forward + backward", 8),
  /** Add at 1K. */
  ADD_1K(Group.POINTWISE, Operation.ADD, "add at 1K", 1000),
  /** Mul at 1K. */
  MUL_1K(Group.POINTWISE, Operation.MUL, "mul at 1K", 1000),
  /** Relu at 1K. */
  RELU_1K(Group.POINTWISE, Operation.RELU, "relu at 1K", 1000),
  /** Add at 100K. */
  ADD_100K(Group.POINTWISE, Operation.ADD, "add at 100K", 100_000),
  /** Mul at 100K. */
  MUL_100K(Group.POINTWISE, Operation.MUL, "mul at 100K", 100_000),
  /** Relu at 100K. */
  RELU_100K(Group.POINTWISE, Operation.RELU, "relu at 100K", 100_000),
  /** Exp at 100K. */
  EXP_100K(Group.POINTWISE, Operation.EXP, "exp at 100K", 100_000),
  /** Tanh at 100K. */
  TANH_100K(Group.POINTWISE, Operation.TANH, "tanh at 100K", 100_000),
  /** Sigmoid at 100K. */
  SIGMOID_100K(Group.POINTWISE, Operation.SIGMOID, "sigmoid at 100K", 100_000),
  /** Gelu at 100K. */
  GELU_100K(Group.POINTWISE, Operation.GELU, "gelu at 100K", 100_000),
  /** Add at 16M into a new tensor. */
  ADD_16M(Group.POINTWISE, Operation.ADD, "add at 16M into a new tensor", 16_000_000),
  /** Exp at 16M into a new tensor. */
  EXP_16M(Group.POINTWISE, Operation.EXP, "exp at 16M into a new tensor", 16_000_000),
  /** Tanh at 16M into a new tensor. */
  TANH_16M(Group.POINTWISE, Operation.TANH, "tanh at 16M into a new tensor", 16_000_000),
  /** Sigmoid at 16M into a new tensor. */
  SIGMOID_16M(Group.POINTWISE, Operation.SIGMOID, "sigmoid at 16M into a new tensor", 16_000_000),
  /** Relu at 16M into a new tensor. */
  RELU_16M(Group.POINTWISE, Operation.RELU, "relu at 16M into a new tensor", 16_000_000),
  /** ((x*2+y).tanh()*z - x).abs().sqrt() at 16M. */
  CHAIN_16M(
      Group.CHAINS, Operation.CHAIN, "((x*2+y).tanh()*z - x).abs().sqrt() at 16M", 16_000_000),
  /** ((x*2+y).tanh()*z - x).abs().sqrt() at 100K. */
  CHAIN_100K(Group.CHAINS, Operation.CHAIN, "((x*2+y).tanh()*z - x).abs().sqrt() at 100K", 100_000),
  /** ((x*2+y).tanh()*z - x).abs().sqrt() at 1K. */
  CHAIN_1K(Group.CHAINS, Operation.CHAIN, "((x*2+y).tanh()*z - x).abs().sqrt() at 1K", 1000),
  /** (4096×4096) + (4096). */
  ADD_ROW(Group.LAYOUTS, Operation.ADD_ROW, "(4096×4096) + (4096)", 4096),
  /** X.T + x for 4096². */
  ADD_TRANSPOSED(Group.LAYOUTS, Operation.ADD_TRANSPOSED, "x.T + x for 4096²", 4096),
  /** Transposed copy of 4096². */
  COPY_TRANSPOSED(Group.LAYOUTS, Operation.COPY_TRANSPOSED, "transposed copy of 4096²", 4096),
  /** Sum 16M. */
  SUM_16M(Group.REDUCTIONS, Operation.SUM, "sum 16M", 16_000_000),
  /** Max 16M. */
  MAX_16M(Group.REDUCTIONS, Operation.MAX, "max 16M", 16_000_000),
  /** Mean 16M. */
  MEAN_16M(Group.REDUCTIONS, Operation.MEAN, "mean 16M", 16_000_000),
  /** Sum dim 0 of 4096². */
  SUM_DIM0(Group.REDUCTIONS, Operation.SUM_DIM0, "sum dim 0 of 4096²", 4096),
  /** Sum dim 1 of 4096². */
  SUM_DIM1(Group.REDUCTIONS, Operation.SUM_DIM1, "sum dim 1 of 4096²", 4096),
  /** Var of 4096². */
  VAR(Group.REDUCTIONS, Operation.VAR, "var of 4096²", 4096),
  /** Var dim 1 of 4096². */
  VAR_DIM1(Group.REDUCTIONS, Operation.VAR_DIM1, "var dim 1 of 4096²", 4096),
  /** Argmax dim 1 of 4096². */
  ARGMAX_DIM1(Group.REDUCTIONS, Operation.ARGMAX_DIM1, "argmax dim 1 of 4096²", 4096),
  /** Softmax 4096×1024. */
  SOFTMAX(Group.ROWS, Operation.SOFTMAX, "softmax 4096×1024", 4096, 1024),
  /** Log-softmax 4096×1024. */
  LOG_SOFTMAX(Group.ROWS, Operation.LOG_SOFTMAX, "log-softmax 4096×1024", 4096, 1024),
  /** Layer norm 512×1024 forward + backward. */
  LAYER_NORM(Group.ROWS, Operation.LAYER_NORM, "layer norm 512×1024 forward + backward", 512, 1024),
  /** Matmul 64. */
  MATMUL_64(Group.MATMUL, Operation.MATMUL, "matmul 64", 64, 64, 64),
  /** Matmul 256. */
  MATMUL_256(Group.MATMUL, Operation.MATMUL, "matmul 256", 256, 256, 256),
  /** Matmul 1024. */
  MATMUL_1024(Group.MATMUL, Operation.MATMUL, "matmul 1024", 1024, 1024, 1024),
  /** Matmul 2048. */
  MATMUL_2048(Group.MATMUL, Operation.MATMUL, "matmul 2048", 2048, 2048, 2048),
  /** Matmul 64×784·784×256. */
  MATMUL_64_784_256(Group.MATMUL, Operation.MATMUL, "matmul 64×784·784×256", 64, 784, 256),
  /** Matmul 512×1024·1024². */
  MATMUL_512_1024(Group.MATMUL, Operation.MATMUL, "matmul 512×1024·1024²", 512, 1024, 1024),
  /** Matmul f64 1024. */
  MATMUL_F64_1024(Group.MATMUL, Operation.MATMUL_F64, "matmul f64 1024", 1024, 1024, 1024),
  /** Conv 3×3 of 16×64×56² to 64 channels: forward + backward. */
  CONV_64(
      Group.CONVOLUTIONS,
      Operation.CONVOLVE,
      "conv 3×3 of 16×64×56² to 64 channels: forward + backward",
      16,
      64,
      64,
      56,
      3,
      1),
  /** Conv 3×3 of 16×256×14² to 256 channels: forward + backward. */
  CONV_256(
      Group.CONVOLUTIONS,
      Operation.CONVOLVE,
      "conv 3×3 of 16×256×14² to 256 channels: forward + backward",
      16,
      256,
      256,
      14,
      3,
      1),
  /** Conv 3×3 by steps of 2 of 16×64×56² to 128 channels: forward + backward. */
  CONV_STRIDED(
      Group.CONVOLUTIONS,
      Operation.CONVOLVE,
      "conv 3×3 by steps of 2 of 16×64×56² to 128 channels: forward + backward",
      16,
      64,
      128,
      56,
      3,
      2),
  /** Conv 1×1 of 16×256×56² to 64 channels: forward + backward. */
  CONV_1X1(
      Group.CONVOLUTIONS,
      Operation.CONVOLVE,
      "conv 1×1 of 16×256×56² to 64 channels: forward + backward",
      16,
      256,
      64,
      56,
      1,
      1),
  /** Sort 1M. */
  SORT(Group.DATA, Operation.SORT, "sort 1M", 1_000_000),
  /** Topk 100 of 1M. */
  TOPK_100(Group.DATA, Operation.TOPK, "topk 100 of 1M", 1, 1_000_000, 100),
  /** Topk 10 of 1000×1000. */
  TOPK_10(Group.DATA, Operation.TOPK, "topk 10 of 1000×1000", 1000, 1000, 10),
  /** Cumsum 1M. */
  CUMSUM(Group.DATA, Operation.CUMSUM, "cumsum 1M", 1_000_000),
  /** Index_select 100K rows of 64. */
  INDEX_SELECT(Group.DATA, Operation.INDEX_SELECT, "index_select 100K rows of 64", 100_000, 64),
  /** Gather 1M. */
  GATHER(Group.DATA, Operation.GATHER, "gather 1M", 1_000_000),
  /** Embedding forward + backward. */
  EMBEDDING(Group.DATA, Operation.EMBEDDING, "embedding forward + backward", 100_000, 64, 100_000),
  /** Randn 1M. */
  RANDN(Group.DATA, Operation.RANDN, "randn 1M", 1_000_000),
  /** Maxpool of 64×16×26×26. */
  MAX_POOL(Group.DATA, Operation.MAX_POOL, "maxpool of 64×16×26×26", 64, 16, 26, 26),
  /** MLP 784-256-128-10, batch 64: forward. */
  MLP_FORWARD(Group.TRAINING, Operation.MLP_FORWARD, "MLP 784-256-128-10, batch 64: forward"),
  /** MLP 784-256-128-10, batch 64: SGD step. */
  MLP_SGD(Group.TRAINING, Operation.MLP_SGD, "MLP 784-256-128-10, batch 64: SGD step"),
  /** MLP 784-256-128-10, batch 64: Adam step. */
  MLP_ADAM(Group.TRAINING, Operation.MLP_ADAM, "MLP 784-256-128-10, batch 64: Adam step"),
  /** CNN, batch 64 of 28×28: forward. */
  CNN_FORWARD(Group.TRAINING, Operation.CNN_FORWARD, "CNN, batch 64 of 28×28: forward"),
  /** CNN, batch 64 of 28×28: SGD step. */
  CNN_SGD(Group.TRAINING, Operation.CNN_SGD, "CNN, batch 64 of 28×28: SGD step"),
  /** JVM start to first result. */
  FIRST_RESULT(Group.PROCESS, Operation.FIRST_RESULT, "JVM start to first result"),
  /** Resident memory then, MB. */
  RESIDENT(Group.PROCESS, Operation.RESIDENT, "resident memory then, MB"),
  /** Warm-up: time until the MLP step runs at 90 % of its steady speed. */
  WARM_UP(
      Group.PROCESS,
      Operation.WARM_UP,
      "warm-up: time until the MLP step runs at 90 % of its steady speed");

  private final Group group;
  private final Operation operation;
  private final String label;
  private final int[] sizes;

  Row(Group group, Operation operation, String label, int... sizes) {
    this.group = group;
    this.operation = operation;
    this.label = label;
    this.sizes = sizes;
  }

  /** The rows it is averaged with. */
  public Group group() {
    return group;
  }

  /** What it does. */
  public Operation operation() {
    return operation;
  }

  /** What the table calls it. */
  public String label() {
    return label;
  }

  /** The size of its operands, as the operation understands it. */
  public int size(int i) {
    return sizes[i];
  }

  /** The elements of an operand that all sizes together describe. */
  public int elements() {
    int n = 1;
    for (int s : sizes) {
      n *= s;
    }
    return n;
  }
}
