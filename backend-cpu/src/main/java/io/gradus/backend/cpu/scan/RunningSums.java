package io.gradus.backend.cpu.scan;

import io.gradus.backend.cpu.Workers;

/**
 * Running sums of a long line of f32 in memory, by several threads.
 *
 * <p>First the sum of each block, in f64; then each block starts from the sum of those before it.
 * Blocks have the same size whatever the number of threads, so that it leaves no trace.
 */
final class RunningSums {
  private static final int BLOCK = 1024;

  private static final int GRAIN = 16;

  /** Lines shorter than this are not worth two passes. */
  static final int SHORTEST = 2 * GRAIN * BLOCK;

  private RunningSums() {}

  static void run(float[] from, int fo, float[] to, int o, int n) {
    int blocks = (n + BLOCK - 1) / BLOCK;
    boolean vectors = FloatSums.onVectors(n);
    double[] before = new double[blocks + 1];
    Workers.run(
        blocks,
        GRAIN,
        (first, last) -> {
          double[] sums = new double[FloatSums.STRIPES];
          for (int b = (int) first; b < last; b++) {
            int start = b * BLOCK;
            before[b + 1] =
                FloatSums.sum(vectors, from, fo + start, Math.min(BLOCK, n - start), sums);
          }
        });
    for (int b = 1; b <= blocks; b++) {
      before[b] += before[b - 1];
    }
    Workers.run(
        blocks,
        GRAIN,
        (first, last) -> {
          for (int b = (int) first; b < last; b++) {
            int start = b * BLOCK;
            int size = Math.min(BLOCK, n - start);
            FloatSums.run(vectors, from, fo + start, to, o + start, size, before[b]);
          }
        });
  }
}
