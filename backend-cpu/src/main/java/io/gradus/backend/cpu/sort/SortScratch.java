package io.gradus.backend.cpu.sort;

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
}
