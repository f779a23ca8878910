package io.gradus.backend.cpu.convolve;

/** The loops of {@link FloatWindowTiles} without the Vector API: the same chains of fma. */
final class FloatWindowScalarTiles {
  static final int LANES = 4;

  private FloatWindowScalarTiles() {}

  /** Rows of a packed by fours, neighbours of b at distances. */
  static void places(
      float[] a,
      int ia,
      int rows,
      float[] b,
      int ib,
      int[] t,
      int it,
      int k,
      float[] c,
      int ic,
      int ldc,
      int columns,
      boolean add) {
    for (int r = 0; r < rows; r++) {
      for (int j = 0; j < columns; j += 4) {
        int o = ic + r * ldc + j;
        float s0 = add ? c[o] : 0;
        float s1 = add ? c[o + 1] : 0;
        float s2 = add ? c[o + 2] : 0;
        float s3 = add ? c[o + 3] : 0;
        for (int p = 0; p < k; p++) {
          float x = a[ia + p * 4 + r];
          int q = ib + j + t[it + p];
          s0 = Math.fma(x, b[q], s0);
          s1 = Math.fma(x, b[q + 1], s1);
          s2 = Math.fma(x, b[q + 2], s2);
          s3 = Math.fma(x, b[q + 3], s3);
        }
        c[o] = s0;
        c[o + 1] = s1;
        c[o + 2] = s2;
        c[o + 3] = s3;
      }
    }
  }

  /** Elements of a at distances from each place, rows of b packed. */
  static void outputs(
      float[] a,
      int[] at,
      int ia,
      int rows,
      int[] t,
      int k,
      float[] b,
      float[] c,
      int ic,
      int ldc,
      int columns,
      boolean add) {
    for (int r = 0; r < rows; r++) {
      int place = at[ia + r];
      for (int j = 0; j < columns; j += 4) {
        int o = ic + r * ldc + j;
        float s0 = add ? c[o] : 0;
        float s1 = add ? c[o + 1] : 0;
        float s2 = add ? c[o + 2] : 0;
        float s3 = add ? c[o + 3] : 0;
        for (int p = 0; p < k; p++) {
          float x = a[place + t[p]];
          int q = p * columns + j;
          s0 = Math.fma(x, b[q], s0);
          s1 = Math.fma(x, b[q + 1], s1);
          s2 = Math.fma(x, b[q + 2], s2);
          s3 = Math.fma(x, b[q + 3], s3);
        }
        c[o] = s0;
        c[o + 1] = s1;
        c[o + 2] = s2;
        c[o + 3] = s3;
      }
    }
  }
}
