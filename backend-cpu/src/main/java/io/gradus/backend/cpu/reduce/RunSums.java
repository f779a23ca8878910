package io.gradus.backend.cpu.reduce;

import io.gradus.backend.cpu.runs.Runs;
import io.gradus.tensor.dtype.ComputeType;
import io.gradus.tensor.kernel.Params;
import io.gradus.tensor.kernel.ReduceOp;

/** Sums of runs of neighbouring floating numbers in memory, many at a time; for one thread. */
final class RunSums {
  /** Runs that are summed at once. */
  private static final int MANY = 64;

  private final ComputeType type;
  private final Object array;
  private int room;
  private Object lanes;

  /** Sums of an array. */
  RunSums(ComputeType type, Object array) {
    this.type = type;
    this.array = array;
    this.lanes = Runs.array(type, 0);
  }

  /**
   * Sums {@code count} runs of {@code length} neighbours, a multiple of 64, from {@code o} on, each
   * with the bits that {@link Blocks#reduce} gives.
   */
  void of(int o, int length, int count, long[] to, int at) {
    int most = Math.min(MANY, count);
    if (room < most) {
      // No more than needed: bytes that chunks allocate cost as much as those that they read.
      room = most;
      lanes = Runs.array(type, 16 * most);
    }
    for (int r = 0; r < count; r += MANY) {
      int n = Math.min(MANY, count - r);
      if (type == ComputeType.F32) {
        FloatBlocks.sums((float[]) array, o + r * length, length, n, (float[]) lanes, to, at + r);
      } else {
        DoubleBlocks.sums(
            (double[]) array, o + r * length, length, n, (double[]) lanes, to, at + r);
      }
    }
  }

  /** Whether {@link #rows} can sum rows of this length. */
  static boolean hasRows(long length) {
    return length > Blocks.SIZE || length % 64 == 0;
  }

  /** Sums n rows from {@code o} on, those longer than a block by blocks, from first to last. */
  void rows(int o, int length, int n, Object results, int at) {
    int size = Math.min(length, Blocks.SIZE);
    int whole = length / size;
    int rest = length % size;
    // Without a rest all blocks of all rows are neighbours.
    int together = rest == 0 ? n : 1;
    long[] sums = new long[together * whole];
    for (int row = 0; row < n; row += together) {
      of(o + row * length, size, together * whole, sums, 0);
      for (int i = 0; i < together; i++) {
        double sum = Params.toDouble(sums[i * whole]);
        for (int b = 1; b < whole; b++) {
          sum += Params.toDouble(sums[i * whole + b]);
        }
        if (rest > 0) {
          int last = o + (row + 1) * length - rest;
          sum += Params.toDouble(Blocks.reduce(ReduceOp.SUM, type, array, last, rest));
        }
        Runs.set(type, results, at + row + i, Params.of(sum));
      }
    }
  }
}
