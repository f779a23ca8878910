package io.gradus.backend.cpu.contract;

import io.gradus.backend.cpu.Workers;

/** Matrix times vector for f32: bound by reading the matrix once, so without copies of it. */
final class FloatGemv {
  private static final int GRAIN = 1 << 16;

  private FloatGemv() {}

  /** Whether the matrix can be read along a direction in which it lies together. */
  static boolean fits(FloatMatrix a, int resultStride) {
    return a.stride() == 1 || (a.rowStride() == 1 && resultStride == 1);
  }

  static void multiply(FloatMatrix a, float[] x, int ix, int xs, float[] y, int iy, int ys) {
    int m = a.rows();
    int k = a.columns();
    int grain = Math.max(64, GRAIN / k);
    if (a.stride() == 1) {
      float[] v = x;
      int iv = ix;
      if (xs != 1) {
        v = new float[k];
        iv = 0;
        for (int p = 0; p < k; p++) {
          v[p] = x[ix + p * xs];
        }
      }
      float[] vector = v;
      int from0 = iv;
      Workers.run(
          m,
          grain,
          (from, to) -> {
            for (int i = (int) from; i < to; i++) {
              y[iy + i * ys] = FloatTiles.dot(a.array(), a.at(i, 0), vector, from0, k);
            }
          });
    } else {
      Workers.run(
          m,
          grain,
          (from, to) ->
              FloatTiles.columns(
                  a.array(),
                  a.at((int) from, 0),
                  a.stride(),
                  x,
                  ix,
                  xs,
                  k,
                  y,
                  iy + (int) from,
                  (int) (to - from)));
    }
  }
}
