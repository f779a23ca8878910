package io.gradus.backend.cpu.contract;

import io.gradus.backend.cpu.lanes.Lanes;

/** Chooses the lanes once; see {@link DoubleVectorTiles} for what each loop does. */
final class DoubleTiles {
  private static final boolean VECTOR = Lanes.isVector();
  static final int ROWS = 4;
  static final int COLUMNS = VECTOR ? DoubleVectorTiles.COLUMNS : DoubleScalarTiles.COLUMNS;

  private DoubleTiles() {}

  static void packed(
      double[] a, int ia, double[] b, int ib, int k, double[] c, int ic, int ldc, boolean add) {
    if (VECTOR) {
      DoubleVectorTiles.packed(a, ia, b, ib, k, c, ic, ldc, add);
    } else {
      DoubleScalarTiles.packed(a, ia, b, ib, k, c, ic, ldc, add);
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
    if (VECTOR) {
      DoubleVectorTiles.direct(a, ia, ars, acs, b, ib, ldb, k, c, ic, ldc);
    } else {
      DoubleScalarTiles.direct(a, ia, ars, acs, b, ib, ldb, k, c, ic, ldc);
    }
  }

  static void row(
      double[] a, int ia, int acs, double[] b, int ib, int ldb, int k, double[] c, int ic) {
    if (VECTOR) {
      DoubleVectorTiles.row(a, ia, acs, b, ib, ldb, k, c, ic);
    } else {
      DoubleScalarTiles.row(a, ia, acs, b, ib, ldb, k, c, ic);
    }
  }

  static void packRows(double[] b, int ib, int ldb, int k, double[] to, int o) {
    if (VECTOR) {
      DoubleVectorTiles.packRows(b, ib, ldb, k, to, o);
    } else {
      DoubleScalarTiles.packRows(b, ib, ldb, k, to, o);
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
        VECTOR
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
        VECTOR
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
