package io.gradus.backend.cpu.lanes;

import io.gradus.tensor.dtype.ComputeType;

/** Turns rows into columns, between any two places: on vectors where those are long enough. */
public final class TransposeLanes {
  /** Vectors of 128 bits are not worth it. */
  private static final boolean VECTOR = LaneSupport.FEWEST * Integer.SIZE >= 256;

  /** Columns of a trial; no square has more. */
  private static final int TRIED = 16;

  /** Nanoseconds that an element takes at most once compiled, even from memory. */
  private static final int LIMIT = 10;

  /** By compute type. */
  private static final Trial[] TRIALS = {new Trial(), new Trial(), new Trial(), new Trial()};

  private TransposeLanes() {}

  /**
   * {@code to[o + j * width + i] = from[at + i * step + j]} for i below {@code rows} and j below
   * {@code columns}; the arrays are two of a compute type.
   */
  public static void transpose(
      ComputeType type,
      Object from,
      int at,
      int step,
      int rows,
      int columns,
      Object to,
      int o,
      int width) {
    int done = 0;
    if (VECTOR && Math.min(rows, columns) >= side(type)) {
      Trial trial = TRIALS[type.ordinal()];
      if (trial.isOver()) {
        VectorTransposes.transpose(type, from, at, step, rows, columns, to, o, width);
        return;
      }
      if (Lanes.fillsVector(rows * columns) && trial.begin()) {
        done = Math.min(columns, TRIED);
        VectorTransposes.transpose(type, from, at, step, rows, done, to, o, width);
        trial.end((long) LIMIT * rows * done);
      }
    }
    ScalarTransposes.transpose(
        type, from, at + done, step, rows, columns - done, to, o + done * width, width);
  }

  private static int side(ComputeType type) {
    return switch (type) {
      case F32, I32 -> LaneSupport.FEWEST;
      case F64, I64 -> LaneSupport.FEWEST / 2;
    };
  }
}
