package io.gradus.backend.cpu.contract;

import io.gradus.backend.cpu.lanes.Lanes;
import io.gradus.backend.cpu.lanes.Trial;

/**
 * Takes vectors where the JVM has them, as soon as their loops are compiled; see {@link
 * FloatVectorTiles} for what each loop does.
 */
public final class FloatTiles {
  private static final boolean VECTOR = Lanes.isVector();

  /** Columns of a tile. */
  public static final int COLUMNS =
      Lanes.isVector() ? FloatVectorTiles.COLUMNS : FloatScalarTiles.COLUMNS;

  /** 512-bit vectors come with 32 registers. */
  private static final boolean EIGHT = VECTOR && COLUMNS * Float.BYTES == 128;

  /** Rows of a packed tile. */
  public static final int ROWS = EIGHT ? 8 : 4;

  /** What sums begin with; reading it spares the tiles a case. */
  private static final float[] NOTHING = new float[COLUMNS];

  /** A trial does so many steps along k ... */
  private static final int FEW = 8;

  /** ... in so many nanoseconds at most, once its loop is compiled. */
  private static final long LIMIT = 3_000;

  private static final Trial PACKED = new Trial();
  private static final Trial DIRECT = new Trial();
  private static final Trial DIRECT_EIGHT = new Trial();
  private static final Trial ROW = new Trial();

  private FloatTiles() {}

  /**
   * {@code c[ic + i ldc + j] (+)= sum over p < k of a[ia + p ROWS + i] b[ib + p COLUMNS + j]} for a
   * whole tile.
   */
  public static void packed(
      float[] a, int ia, float[] b, int ib, int k, float[] c, int ic, int ldc, boolean add) {
    if (PACKED.isOver()) {
      packedVectors(a, ia, b, ib, k, c, ic, ldc, add);
      return;
    }
    int tried = 0;
    if (PACKED.begin()) {
      tried = Math.min(k, FEW);
      packedVectors(a, ia, b, ib, tried, c, ic, ldc, add);
      PACKED.end(LIMIT);
    }
    int rest = k - tried;
    boolean more = add || tried > 0;
    int fromA = ia + tried * ROWS;
    int fromB = ib + tried * COLUMNS;
    FloatScalarTiles.packed(ROWS, COLUMNS, a, fromA, b, fromB, rest, c, ic, ldc, more);
  }

  private static void packedVectors(
      float[] a, int ia, float[] b, int ib, int k, float[] c, int ic, int ldc, boolean add) {
    float[] from = add ? c : NOTHING;
    int at = add ? ic : 0;
    int ld = add ? ldc : 0;
    if (EIGHT) {
      FloatVectorTiles.eight(a, ia, b, ib, k, from, at, ld, c, ic, ldc);
    } else {
      FloatVectorTiles.four(a, ia, b, ib, k, from, at, ld, c, ic, ldc);
    }
  }

  /** So many rows of an unpacked {@code a}, times rows of {@code b} that lie ldb apart. */
  static void direct(
      int rows,
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
    int i = 0;
    for (; EIGHT && i + 8 <= rows; i += 8) {
      eight(a, ia + i * ars, ars, acs, b, ib, ldb, k, c, ic + i * ldc, ldc);
    }
    for (; i + 4 <= rows; i += 4) {
      four(a, ia + i * ars, ars, acs, b, ib, ldb, k, c, ic + i * ldc, ldc);
    }
    for (; i < rows; i++) {
      row(a, ia + i * ars, acs, b, ib, ldb, k, c, ic + i * ldc);
    }
  }

  /** Until it is fast, scalars and not {@link #four}, which need not be compiled for eights. */
  private static void eight(
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
    if (DIRECT_EIGHT.isOver()) {
      FloatVectorTiles.directEight(a, ia, ars, acs, b, ib, ldb, k, c, ic, ldc);
      return;
    }
    int tried = 0;
    if (DIRECT_EIGHT.begin()) {
      tried = Math.min(k, FEW);
      FloatVectorTiles.directEight(a, ia, ars, acs, b, ib, ldb, tried, c, ic, ldc);
      DIRECT_EIGHT.end(LIMIT);
    }
    int rest = k - tried;
    int fromB = ib + tried * ldb;
    for (int r = 0; r < 8; r += 4) {
      int fromA = ia + r * ars + tried * acs;
      int to = ic + r * ldc;
      FloatScalarTiles.direct(
          COLUMNS, a, fromA, ars, acs, b, fromB, ldb, rest, c, to, ldc, tried > 0);
    }
  }

  private static void four(
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
    if (DIRECT.isOver()) {
      FloatVectorTiles.direct(a, ia, ars, acs, b, ib, ldb, k, c, ic, ldc);
      return;
    }
    int tried = 0;
    if (DIRECT.begin()) {
      tried = Math.min(k, FEW);
      FloatVectorTiles.direct(a, ia, ars, acs, b, ib, ldb, tried, c, ic, ldc);
      DIRECT.end(LIMIT);
    }
    int rest = k - tried;
    int fromA = ia + tried * acs;
    int fromB = ib + tried * ldb;
    FloatScalarTiles.direct(
        COLUMNS, a, fromA, ars, acs, b, fromB, ldb, rest, c, ic, ldc, tried > 0);
  }

  private static void row(
      float[] a, int ia, int acs, float[] b, int ib, int ldb, int k, float[] c, int ic) {
    if (ROW.isOver()) {
      FloatVectorTiles.row(a, ia, acs, b, ib, ldb, k, c, ic);
      return;
    }
    int tried = 0;
    if (ROW.begin()) {
      tried = Math.min(k, FEW);
      FloatVectorTiles.row(a, ia, acs, b, ib, ldb, tried, c, ic);
      ROW.end(LIMIT);
    }
    int rest = k - tried;
    int fromA = ia + tried * acs;
    int fromB = ib + tried * ldb;
    FloatScalarTiles.row(COLUMNS, a, fromA, acs, b, fromB, ldb, rest, c, ic, tried > 0);
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
