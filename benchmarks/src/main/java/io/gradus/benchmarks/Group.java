package io.gradus.benchmarks;

/** Rows that belong together: each has a geometric mean of its own. */
public enum Group {
  /** Calls where there is next to nothing to compute. */
  SMALL("small tensors"),
  /** One function of each element. */
  POINTWISE("pointwise"),
  /** Several in a row. */
  CHAINS("chains"),
  /** Operands of unlike layouts. */
  LAYOUTS("broadcasts and transposes"),
  /** Sums and the like. */
  REDUCTIONS("reductions"),
  /** Softmax, norms. */
  ROWS("rows"),
  /** Matrix products. */
  MATMUL("matrix products"),
  /** Convolutions as networks for pictures have them. */
  CONVOLUTIONS("convolutions"),
  /** Sorting, looking up, drawing. */
  DATA("sorting, indexing, scans, random numbers"),
  /** Whole networks. */
  TRAINING("networks"),
  /** Processes from their start. */
  PROCESS("start and warm-up");

  private final String title;

  Group(String title) {
    this.title = title;
  }

  /** What the table calls it. */
  public String title() {
    return title;
  }
}
