package io.gradus.backend.cpu.contract;

import io.gradus.backend.cpu.lanes.Lanes;

/** Takes vectors where the JVM has them; see {@link FloatVectorTiles} for what each loop does. */
final class FloatTiles {
  private static final boolean VECTOR = Lanes.isVector();
  static final int COLUMNS = Lanes.isVector() ? FloatVectorTiles.COLUMNS : FloatScalarTiles.COLUMNS;

  /** 512-bit vectors come with 32 registers. */
  private static final boolean EIGHT = VECTOR && COLUMNS * Float.BYTES == 128;

  /** Rows of a packed tile. */
  static final int ROWS = EIGHT ? 8 : 4;

  /** Rows of a tile that is not packed. */
  static final int DIRECT_ROWS = 4;

  /** What sums begin with; reading it spares the tiles a case. */
  private static final float[] NOTHING = new float[COLUMNS];

  private FloatTiles() {}

  static void packed(
      float[] a, int ia, float[] b, int ib, int k, float[] c, int ic, int ldc, boolean add) {
    float[] from = add ? c : NOTHING;
    int at = add ? ic : 0;
    int ld = add ? ldc : 0;
    if (EIGHT) {
      FloatVectorTiles.eight(a, ia, b, ib, k, from, at, ld, c, ic, ldc);
    } else if (VECTOR) {
      FloatVectorTiles.four(a, ia, b, ib, k, from, at, ld, c, ic, ldc);
    } else {
      FloatScalarTiles.packed(COLUMNS, a, ia, b, ib, k, c, ic, ldc, add);
    }
  }

  static void direct(
      float[] a,
      int ia,
      int ars,
      int acs,
      float[] b,
      int ib,
      int ldb,
      int k,
      float[] c,
      int ic,
      int ldc) {
    if (VECTOR) {
      FloatVectorTiles.direct(a, ia, ars, acs, b, ib, ldb, k, c, ic, ldc);
    } else {
      FloatScalarTiles.direct(COLUMNS, a, ia, ars, acs, b, ib, ldb, k, c, ic, ldc);
    }
  }

  static void row(
      float[] a, int ia, int acs, float[] b, int ib, int ldb, int k, float[] c, int ic) {
    if (VECTOR) {
      FloatVectorTiles.row(a, ia, acs, b, ib, ldb, k, c, ic);
    } else {
      FloatScalarTiles.row(COLUMNS, a, ia, acs, b, ib, ldb, k, c, ic);
    }
  }

  static void packRows(float[] b, int ib, int ldb, int k, float[] to, int o) {
    if (VECTOR) {
      FloatVectorTiles.packRows(b, ib, ldb, k, to, o);
    } else {
      FloatScalarTiles.packRows(COLUMNS, b, ib, ldb, k, to, o);
    }
  }

  /**
   * A dot product of neighbours, from 64 on in as many partial sums whatever the width of a vector.
   */
  static float dot(float[] a, int ia, float[] x, int ix, int k) {
    if (k < 64) {
      float s = 0;
      for (int p = 0; p < k; p++) {
        s = Math.fma(a[ia + p], x[ix + p], s);
      }
      return s;
    }
    float[] sums = new float[64];
    int p =
        VECTOR
            ? FloatVectorTiles.dot(a, ia, x, ix, k, sums)
            : FloatScalarTiles.dot(a, ia, x, ix, k, sums);
    for (int j = 0; p < k; p++, j++) {
      sums[j] = Math.fma(a[ia + p], x[ix + p], sums[j]);
    }
    for (int half = 32; half > 0; half >>= 1) {
      for (int j = 0; j < half; j++) {
        sums[j] += sums[j + half];
      }
    }
    return sums[0];
  }

  static void columns(
      float[] a, int ia, int lda, float[] x, int ix, int xs, int k, float[] y, int iy, int n) {
    int j =
        VECTOR
            ? FloatVectorTiles.columns(a, ia, lda, x, ix, xs, k, y, iy, n)
            : FloatScalarTiles.columns(a, ia, lda, x, ix, xs, k, y, iy, n);
    for (; j < n; j++) {
      float s = 0;
      for (int p = 0; p < k; p++) {
        s = Math.fma(x[ix + p * xs], a[ia + p * lda + j], s);
      }
      y[iy + j] = s;
    }
  }
}
