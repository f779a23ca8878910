package io.gradus.benchmarks;

/** What a row of the table does; each library says how, or that it does not. */
public enum Operation {
  /** x + y. */
  ADD,
  /** x += y. */
  ADD_IN_PLACE,
  /** x + y where x requires a gradient. */
  ADD_RECORDING,
  /** Fifty times x = x y + z, and the gradient of the first x. */
  HUNDRED,
  /** x y. */
  MUL,
  /** max(x, 0). */
  RELU,
  /** exp(x). */
  EXP,
  /** tanh(x). */
  TANH,
  /** 1 / (1 + exp(-x)). */
  SIGMOID,
  /** x times the normal distribution at x, through the error function. */
  GELU,
  /** sqrt(|tanh(2x + y) z - x|). */
  CHAIN,
  /** A matrix plus a row. */
  ADD_ROW,
  /** The transposed matrix plus itself. */
  ADD_TRANSPOSED,
  /** The transposed matrix, row-major. */
  COPY_TRANSPOSED,
  /** The sum of all. */
  SUM,
  /** The largest of all. */
  MAX,
  /** The mean of all. */
  MEAN,
  /** The sums of the columns. */
  SUM_DIM0,
  /** The sums of the rows. */
  SUM_DIM1,
  /** The variance of all. */
  VAR,
  /** The variances of the rows. */
  VAR_DIM1,
  /** Where the largest of each row is. */
  ARGMAX_DIM1,
  /** Softmax of the rows. */
  SOFTMAX,
  /** Its logarithm. */
  LOG_SOFTMAX,
  /** Layer norm with weight and bias, forward and all three gradients. */
  LAYER_NORM,
  /** The product of two matrices, [m, k] and [k, n]. */
  MATMUL,
  /** The same in double precision. */
  MATMUL_F64,
  /**
   * A convolution of square images, and the gradients of input, weight and bias; sizes are images,
   * channels, channels of the result, side, window, stride. Padding is half a window.
   */
  CONVOLVE,
  /** Sorted values and where they were (values alone where a library has no more). */
  SORT,
  /** The k largest of the last dimension and where they are; sizes are rows, columns, k. */
  TOPK,
  /** Running sums. */
  CUMSUM,
  /** Rows of a matrix at random; sizes are rows and columns. */
  INDEX_SELECT,
  /** Elements of a vector at random. */
  GATHER,
  /** Rows of a table, and the table's dense gradient; sizes are rows, columns, look-ups. */
  EMBEDDING,
  /** Normal random numbers. */
  RANDN,
  /** Largest of 2 x 2 windows of images. */
  MAX_POOL,
  /** A 784-256-128-10 perceptron's forward pass on a batch of 64, unrecorded. */
  MLP_FORWARD,
  /** Forward, cross-entropy, backward, and a step of plain gradient descent. */
  MLP_SGD,
  /** The same with Adam. */
  MLP_ADAM,
  /** The convolutional network's forward pass on 64 images of 28 x 28, unrecorded. */
  CNN_FORWARD,
  /** Its forward, cross-entropy, backward, and a step of plain gradient descent. */
  CNN_SGD,
  /** A process from its start until it printed the sum of two tensors. */
  FIRST_RESULT,
  /** What that process then occupies. */
  RESIDENT,
  /** A process from its start until the perceptron's steps run at 90 % of their final speed. */
  WARM_UP;

  /** Whether a row of it is a process of its own, not a benchmark within one. */
  public boolean isProcess() {
    return this == FIRST_RESULT || this == RESIDENT || this == WARM_UP;
  }
}
