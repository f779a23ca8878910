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

  /** Blocks that are summed side by side, as each addition waits for the one before. */
  private static final int SIDE_BY_SIDE = 4;

  private static final int GRAIN = 4 * SIDE_BY_SIDE;

  /** Lines shorter than this are not worth two passes. */
  static final int SHORTEST = 2 * GRAIN * BLOCK;

  private RunningSums() {}

  static void run(float[] from, int fo, float[] to, int o, int n) {
    int blocks = (n + BLOCK - 1) / BLOCK;
    double[] before = new double[blocks + 1];
    Workers.run(
        blocks,
        GRAIN,
        (first, last) -> {
          for (int b = (int) first; b < last; b++) {
            int start = b * BLOCK;
            before[b + 1] = sum(from, fo + start, Math.min(BLOCK, n - start));
          }
        });
    for (int b = 1; b <= blocks; b++) {
      before[b] += before[b - 1];
    }
    Workers.run(
        blocks,
        GRAIN,
        (first, last) -> {
          int b = (int) first;
          for (; b + SIDE_BY_SIDE <= last && (b + SIDE_BY_SIDE) * BLOCK <= n; b += SIDE_BY_SIDE) {
            four(from, fo + b * BLOCK, to, o + b * BLOCK, before, b);
          }
          for (; b < last; b++) {
            int start = b * BLOCK;
            one(from, fo + start, to, o + start, Math.min(BLOCK, n - start), before[b]);
          }
        });
  }

  private static double sum(float[] a, int o, int n) {
    double s0 = 0;
    double s1 = 0;
    double s2 = 0;
    double s3 = 0;
    int p = o;
    int end = o + (n & -4);
    for (; p < end; p += 4) {
      s0 += a[p];
      s1 += a[p + 1];
      s2 += a[p + 2];
      s3 += a[p + 3];
    }
    for (; p < o + n; p++) {
      s0 += a[p];
    }
    return (s0 + s1) + (s2 + s3);
  }

  private static void one(float[] from, int fo, float[] to, int o, int n, double start) {
    double s = start;
    for (int i = 0; i < n; i++) {
      s += from[fo + i];
      to[o + i] = (float) s;
    }
  }

  private static void four(float[] from, int fo, float[] to, int o, double[] before, int block) {
    double s0 = before[block];
    double s1 = before[block + 1];
    double s2 = before[block + 2];
    double s3 = before[block + 3];
    for (int i = 0; i < BLOCK; i++) {
      s0 += from[fo + i];
      s1 += from[fo + BLOCK + i];
      s2 += from[fo + 2 * BLOCK + i];
      s3 += from[fo + 3 * BLOCK + i];
      to[o + i] = (float) s0;
      to[o + BLOCK + i] = (float) s1;
      to[o + 2 * BLOCK + i] = (float) s2;
      to[o + 3 * BLOCK + i] = (float) s3;
    }
  }
}
