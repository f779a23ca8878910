package io.gradus.backend.cpu.contract;

import io.gradus.backend.cpu.lanes.HotLoop;
import io.gradus.backend.cpu.lanes.Lanes;

/**
 * Takes vectors as soon as their loops are compiled; see {@link DoubleVectorTiles} for what each
 * loop does.
 */
final class DoubleTiles {
  private static final HotLoop PACKED = DoubleTileSamples.packed();
  private static final HotLoop DIRECT = DoubleTileSamples.direct();
  private static final HotLoop ROW = DoubleTileSamples.row();
  private static final HotLoop PACK_ROWS = DoubleTileSamples.packRows();
  private static final HotLoop DOT = DoubleTileSamples.dot();
  private static final HotLoop COLUMN_SUMS = DoubleTileSamples.columns();
  static final int ROWS = 4;
  static final int COLUMNS =
      Lanes.isVector() ? DoubleVectorTiles.COLUMNS : DoubleScalarTiles.COLUMNS;

  private DoubleTiles() {}

  static void packed(
      double[] a, int ia, double[] b, int ib, int k, double[] c, int ic, int ldc, boolean add) {
    if (PACKED.isHot()) {
      DoubleVectorTiles.packed(a, ia, b, ib, k, c, ic, ldc, add);
    } else {
      DoubleScalarTiles.packed(COLUMNS, a, ia, b, ib, k, c, ic, ldc, add);
    }
  }

  static void direct(
      double[] a,
      int ia,
      int ars,
      int acs,
      double[] b,
      int ib,
      int ldb,
      int k,
      double[] c,
      int ic,
      int ldc) {
    if (DIRECT.isHot()) {
      DoubleVectorTiles.direct(a, ia, ars, acs, b, ib, ldb, k, c, ic, ldc);
    } else {
      DoubleScalarTiles.direct(COLUMNS, a, ia, ars, acs, b, ib, ldb, k, c, ic, ldc);
    }
  }

  static void row(
      double[] a, int ia, int acs, double[] b, int ib, int ldb, int k, double[] c, int ic) {
    if (ROW.isHot()) {
      DoubleVectorTiles.row(a, ia, acs, b, ib, ldb, k, c, ic);
    } else {
      DoubleScalarTiles.row(COLUMNS, a, ia, acs, b, ib, ldb, k, c, ic);
    }
  }

  static void packRows(double[] b, int ib, int ldb, int k, double[] to, int o) {
    if (PACK_ROWS.isHot()) {
      DoubleVectorTiles.packRows(b, ib, ldb, k, to, o);
    } else {
      DoubleScalarTiles.packRows(COLUMNS, b, ib, ldb, k, to, o);
    }
  }

  /**
   * A dot product of neighbours, from 64 on in as many partial sums whatever the width of a vector.
   */
  static double dot(double[] a, int ia, double[] x, int ix, int k) {
    if (k < 64) {
      double s = 0;
      for (int p = 0; p < k; p++) {
        s = Math.fma(a[ia + p], x[ix + p], s);
      }
      return s;
    }
    double[] sums = new double[64];
    int p =
        DOT.isHot()
            ? DoubleVectorTiles.dot(a, ia, x, ix, k, sums)
            : DoubleScalarTiles.dot(a, ia, x, ix, k, sums);
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
      double[] a, int ia, int lda, double[] x, int ix, int xs, int k, double[] y, int iy, int n) {
    int j =
        COLUMN_SUMS.isHot()
            ? DoubleVectorTiles.columns(a, ia, lda, x, ix, xs, k, y, iy, n)
            : DoubleScalarTiles.columns(a, ia, lda, x, ix, xs, k, y, iy, n);
    for (; j < n; j++) {
      double s = 0;
      for (int p = 0; p < k; p++) {
        s = Math.fma(x[ix + p * xs], a[ia + p * lda + j], s);
      }
      y[iy + j] = s;
    }
  }
}
