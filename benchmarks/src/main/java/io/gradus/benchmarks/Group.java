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
  LAYOUTS("broadcasts and transposes", true),
  /** Sums and the like. */
  REDUCTIONS("reductions", true),
  /** Softmax, norms. */
  ROWS("rows", true),
  /** Matrix products. */
  MATMUL("matrix products"),
  /** Sorting, looking up, drawing. */
  DATA("sorting, indexing, scans, random numbers"),
  /** Whole networks. */
  TRAINING("networks"),
  /** Processes from their start. */
  PROCESS("start and warm-up");

  private static final int TURNS = 3;

  private final String title;
  private final boolean memory;

  Group(String title) {
    this(title, false);
  }

  Group(String title, boolean memory) {
    this.title = title;
    this.memory = memory;
  }

  /** What the table calls it. */
  public String title() {
    return title;
  }

  /**
   * How often libraries take turns at these rows, whose medians count: what waits for memory all the
   * time is at the mercy of who else uses it, which changes within minutes.
   */
  public int turns() {
    return memory ? TURNS : 1;
  }
}
