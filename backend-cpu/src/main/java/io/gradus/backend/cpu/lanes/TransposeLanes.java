package io.gradus.backend.cpu.lanes;

import io.gradus.tensor.dtype.ComputeType;

/** Turns rows into columns, between any two places: on vectors where those are long enough. */
public final class TransposeLanes {
  private static final boolean VECTOR =
      LaneSupport.VECTOR && LaneShapes.FULL.vectorBitSize() >= VectorTransposes.BITS;

  /** Columns of a trial. */
  private static final int TRIED = 16;

  /** Nanoseconds that an element takes at most once compiled, even from memory. */
  private static final int LIMIT = 10;

  private static final Trial F32 = new Trial();
  private static final Trial F64 = new Trial();

  private TransposeLanes() {}

  /**
   * {@code to[o + j * width + i] = from[at + i * step + j]} for i below {@code rows} and j below
   * {@code columns}; the arrays are of a compute type.
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
    switch (type) {
      case F32 -> transpose((float[]) from, at, step, rows, columns, (float[]) to, o, width);
      case F64 -> transpose((double[]) from, at, step, rows, columns, (double[]) to, o, width);
      case I32 -> scalar((int[]) from, at, step, rows, columns, (int[]) to, o, width);
      case I64 -> scalar((long[]) from, at, step, rows, columns, (long[]) to, o, width);
    }
  }

  private static void transpose(
      float[] s, int at, int step, int rows, int columns, float[] d, int o, int width) {
    int side = VECTOR ? VectorTransposes.F32_SIDE : 1;
    int squares = rows - rows % side;
    int done = vectors(F32, squares, columns - columns % side);
    if (done > 0) {
      VectorTransposes.transpose(s, at, step, squares, done, d, o, width);
      ended(F32, squares * done);
      scalar(s, at + squares * step, step, rows - squares, done, d, o + squares, width);
    }
    scalar(s, at + done, step, rows, columns - done, d, o + done * width, width);
  }

  private static void transpose(
      double[] s, int at, int step, int rows, int columns, double[] d, int o, int width) {
    int side = VECTOR ? VectorTransposes.F64_SIDE : 1;
    int squares = rows - rows % side;
    int done = vectors(F64, squares, columns - columns % side);
    if (done > 0) {
      VectorTransposes.transpose(s, at, step, squares, done, d, o, width);
      ended(F64, squares * done);
      scalar(s, at + squares * step, step, rows - squares, done, d, o + squares, width);
    }
    scalar(s, at + done, step, rows, columns - done, d, o + done * width, width);
  }

  /** How many of so many columns to do on vectors: all, none or, until {@link #ended}, a few. */
  private static int vectors(Trial trial, int rows, int columns) {
    if (!VECTOR || rows == 0 || columns == 0) {
      return 0;
    }
    if (trial.isOver()) {
      return columns;
    }
    return Lanes.fillsVector(rows * columns) && trial.begin() ? Math.min(columns, TRIED) : 0;
  }

  private static void ended(Trial trial, int elements) {
    if (!trial.isOver()) {
      trial.end((long) LIMIT * elements);
    }
  }

  private static void scalar(
      float[] s, int at, int step, int rows, int columns, float[] d, int o, int width) {
    int i = 0;
    for (; i + 8 <= rows; i += 8) {
      int p = at + i * step;
      for (int j = 0; j < columns; j++) {
        int q = o + j * width + i;
        d[q] = s[p + j];
        d[q + 1] = s[p + step + j];
        d[q + 2] = s[p + 2 * step + j];
        d[q + 3] = s[p + 3 * step + j];
        d[q + 4] = s[p + 4 * step + j];
        d[q + 5] = s[p + 5 * step + j];
        d[q + 6] = s[p + 6 * step + j];
        d[q + 7] = s[p + 7 * step + j];
      }
    }
    for (; i < rows; i++) {
      for (int j = 0; j < columns; j++) {
        d[o + j * width + i] = s[at + i * step + j];
      }
    }
  }

  private static void scalar(
      double[] s, int at, int step, int rows, int columns, double[] d, int o, int width) {
    int i = 0;
    for (; i + 8 <= rows; i += 8) {
      int p = at + i * step;
      for (int j = 0; j < columns; j++) {
        int q = o + j * width + i;
        d[q] = s[p + j];
        d[q + 1] = s[p + step + j];
        d[q + 2] = s[p + 2 * step + j];
        d[q + 3] = s[p + 3 * step + j];
        d[q + 4] = s[p + 4 * step + j];
        d[q + 5] = s[p + 5 * step + j];
        d[q + 6] = s[p + 6 * step + j];
        d[q + 7] = s[p + 7 * step + j];
      }
    }
    for (; i < rows; i++) {
      for (int j = 0; j < columns; j++) {
        d[o + j * width + i] = s[at + i * step + j];
      }
    }
  }

  private static void scalar(
      int[] s, int at, int step, int rows, int columns, int[] d, int o, int width) {
    int i = 0;
    for (; i + 8 <= rows; i += 8) {
      int p = at + i * step;
      for (int j = 0; j < columns; j++) {
        int q = o + j * width + i;
        d[q] = s[p + j];
        d[q + 1] = s[p + step + j];
        d[q + 2] = s[p + 2 * step + j];
        d[q + 3] = s[p + 3 * step + j];
        d[q + 4] = s[p + 4 * step + j];
        d[q + 5] = s[p + 5 * step + j];
        d[q + 6] = s[p + 6 * step + j];
        d[q + 7] = s[p + 7 * step + j];
      }
    }
    for (; i < rows; i++) {
      for (int j = 0; j < columns; j++) {
        d[o + j * width + i] = s[at + i * step + j];
      }
    }
  }

  private static void scalar(
      long[] s, int at, int step, int rows, int columns, long[] d, int o, int width) {
    int i = 0;
    for (; i + 8 <= rows; i += 8) {
      int p = at + i * step;
      for (int j = 0; j < columns; j++) {
        int q = o + j * width + i;
        d[q] = s[p + j];
        d[q + 1] = s[p + step + j];
        d[q + 2] = s[p + 2 * step + j];
        d[q + 3] = s[p + 3 * step + j];
        d[q + 4] = s[p + 4 * step + j];
        d[q + 5] = s[p + 5 * step + j];
        d[q + 6] = s[p + 6 * step + j];
        d[q + 7] = s[p + 7 * step + j];
      }
    }
    for (; i < rows; i++) {
      for (int j = 0; j < columns; j++) {
        d[o + j * width + i] = s[at + i * step + j];
      }
    }
  }
}
