package io.gradus.property;

/** Explicit index arithmetic, as one would write it on paper. */
final class Positions {
  private Positions() {}

  /** For each element in row-major order its place in memory. */
  static int[] of(long[] shape, long[] strides, long offset) {
    int[] all = new int[(int) Arbitrary.numel(shape)];
    long[] at = new long[shape.length];
    for (int i = 0; i < all.length; i++) {
      long place = offset;
      for (int d = 0; d < shape.length; d++) {
        place += at[d] * strides[d];
      }
      all[i] = (int) place;
      next(at, shape);
    }
    return all;
  }

  /** The next position in row-major order. */
  static void next(long[] at, long[] shape) {
    for (int d = shape.length - 1; d >= 0; d--) {
      if (++at[d] < shape[d]) {
        return;
      }
      at[d] = 0;
    }
  }

  /** Row-major strides. */
  static long[] strides(long[] shape) {
    long[] strides = new long[shape.length];
    long step = 1;
    for (int d = shape.length - 1; d >= 0; d--) {
      strides[d] = step;
      step *= shape[d];
    }
    return strides;
  }

  /** Row-major places of an operand for each element of a result that it broadcasts to. */
  static int[] broadcast(long[] operand, long[] result) {
    long[] own = strides(operand);
    long[] strides = new long[result.length];
    int skip = result.length - operand.length;
    for (int d = 0; d < operand.length; d++) {
      strides[d + skip] = operand[d] == 1 ? 0 : own[d];
    }
    return of(result, strides, 0);
  }
}
