package io.gradus.benchmarks;

/** Rows that belong together: each has a geometric mean of its own. */
public enum Group {
  /** Calls where there is next to nothing to compute. */
  SMALL("small tensors"),
  /** One function of each element. */
  POINTWISE("pointwise", 3),
  /** Several in a row. */
  CHAINS("chains"),
  /** Operands of unlike layouts. */
  LAYOUTS("broadcasts and transposes", 3),
  /** Sums and the like. */
  REDUCTIONS("reductions", 6),
  /** Softmax, norms. */
  ROWS("rows", 3),
  /** Matrix products. */
  MATMUL("matrix products", 3),
  /** Sorting, looking up, drawing. */
  DATA("sorting, indexing, scans, random numbers", 3),
  /** Whole networks. */
  TRAINING("networks", 3),
  /** Processes from their start. */
  PROCESS("start and warm-up");

  private final String title;
  private final int turns;

  Group(String title) {
    this(title, 1);
  }

  Group(String title, int turns) {
    this.title = title;
    this.turns = turns;
  }

  /** What the table calls it. */
  public String title() {
    return title;
  }

  /**
   * How often libraries take turns at these rows, of which each library's best counts: what needs
   * the memory or all cores all the time is at the mercy of who else uses them, which changes
   * within minutes.
   */
  public int turns() {
    return turns;
  }
}
