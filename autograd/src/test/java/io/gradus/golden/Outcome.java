package io.gradus.golden;

/**
 * What became of one case.
 *
 * @param operation PyTorch's name
 * @param id identifies the case, see {@link GoldenCase#id}
 * @param detail the difference, or why the case does not count; empty for a pass
 */
record Outcome(Kind kind, String operation, String id, Status status, String detail) {
  /** What a case can come to. */
  enum Status {
    /** As PyTorch. */
    PASSED,
    /** Not as PyTorch. */
    FAILED,
    /** We have no such operation, or not for these types of arguments. */
    ABSENT,
    /** Out of scope: does not count. */
    SKIPPED
  }
}
