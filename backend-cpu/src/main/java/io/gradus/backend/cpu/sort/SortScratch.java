package io.gradus.backend.cpu.sort;

import io.gradus.tensor.dtype.ComputeType;

/** Small arrays of a thread. */
final class SortScratch {
  /** Elements that are looked at a time. */
  static final int TILE = 2048;

  private static final ThreadLocal<SortScratch> OF_THREAD =
      ThreadLocal.withInitial(SortScratch::new);

  final long[] longs = new long[TILE];
  final float[] floats = new float[TILE];
  final int[] ints = new int[TILE];

  private SortScratch() {}

  static SortScratch ofThread() {
    return OF_THREAD.get();
  }

  /** For elements of a 32-bit type. */
  Object values(ComputeType type) {
    return type == ComputeType.F32 ? floats : ints;
  }
}
