package io.gradus.backend.cpu.lanes;

import io.gradus.tensor.kernel.ScalarOp;

/** The {@linkplain Trial trials} of all operations of one compute type. */
final class Trials {
  static final Trials F32 = new Trials();
  static final Trials F64 = new Trials();
  static final Trials I32 = new Trials();
  static final Trials I64 = new Trials();
  static final Trials UNIFORM_F32 = new Trials();
  static final Trials UNIFORM_F64 = new Trials();

  /** Vectors of a trial: enough rounds for the compiler to unroll the loop. */
  private static final int VECTORS = 16;

  /** Nanoseconds that a vector takes at most once compiled, whatever the operation. */
  private static final int LIMIT = 200;

  private final Trial[] trials = new Trial[ScalarOp.values().length];

  private Trials() {
    for (int k = 0; k < trials.length; k++) {
      trials[k] = new Trial();
    }
  }

  /** How many of n elements to do on vectors: all, none or, until {@link #ended}, a few. */
  int vectors(ScalarOp op, int n) {
    if (!LaneSupport.VECTOR || n < LaneSupport.FEWEST) {
      return 0;
    }
    return trials[op.ordinal()].isOver() ? n : begin(op, n);
  }

  private int begin(ScalarOp op, int n) {
    int vectors = Math.min(VECTORS, n / LaneSupport.FEWEST - 1);
    if (!Lanes.fillsVector(n) || vectors == 0 || !trials[op.ordinal()].begin()) {
      return 0;
    }
    // Depending on n, some trials end with a few elements that fill no vector. What never happened
    // before the JVM compiled the loop is not part of the compiled code: the first remainder after
    // the trials would throw that code away, and the loop would be slow once more.
    return vectors * LaneSupport.FEWEST + (n & 3);
  }

  /** Ends the trial of so many elements, or nothing if none were tried. */
  void ended(ScalarOp op, int tried) {
    if (tried > 0) {
      trials[op.ordinal()].end((long) LIMIT * (tried / LaneSupport.FEWEST + 1));
    }
  }
}
