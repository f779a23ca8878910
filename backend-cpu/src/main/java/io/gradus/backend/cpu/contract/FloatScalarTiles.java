package io.gradus.backend.cpu.contract;

/** The inner loops of {@link FloatGemm} without the Vector API: the same chains of fma. */
final class FloatScalarTiles {
  /** Columns of a tile, or of a part of one that was made for vectors. */
  static final int COLUMNS = 4;

  private FloatScalarTiles() {}

  /**
   * A tile from panels of {@code rows}, a multiple of 4, and {@code columns}, k after k.
   *
   * @param add whether to what is there
   */
  static void packed(
      int rows,
      int columns,
      float[] a,
      int ia,
      float[] b,
      int ib,
      int k,
      float[] c,
      int ic,
      int ldc,
      boolean add) {
    for (int i = 0; i < rows; i += 4) {
      for (int j = 0; j < columns; j += COLUMNS) {
        tile(a, ia + i, 1, rows, b, ib + j, columns, k, c, ic + i * ldc + j, ldc, add);
      }
    }
  }

  /** A tile of 4 rows of an unpacked {@code a} and rows of {@code b} that lie {@code ldb} apart. */
  static void direct(
      int columns,
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
      int ldc,
      boolean add) {
    for (int j = 0; j < columns; j += COLUMNS) {
      tile(a, ia, ars, acs, b, ib + j, ldb, k, c, ic + j, ldc, add);
    }
  }

  private static void tile(
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
      int ldc,
      boolean add) {
    for (int r = 0; r < 4; r += 2) {
      int o = ic + r * ldc;
      int u = o + ldc;
      float c00 = add ? c[o] : 0;
      float c01 = add ? c[o + 1] : 0;
      float c02 = add ? c[o + 2] : 0;
      float c03 = add ? c[o + 3] : 0;
      float c10 = add ? c[u] : 0;
      float c11 = add ? c[u + 1] : 0;
      float c12 = add ? c[u + 2] : 0;
      float c13 = add ? c[u + 3] : 0;
      int a0 = ia + r * ars;
      int a1 = a0 + ars;
      int q = ib;
      for (int p = 0; p < k; p++) {
        float x = a[a0];
        float y = a[a1];
        c00 = Math.fma(x, b[q], c00);
        c01 = Math.fma(x, b[q + 1], c01);
        c02 = Math.fma(x, b[q + 2], c02);
        c03 = Math.fma(x, b[q + 3], c03);
        c10 = Math.fma(y, b[q], c10);
        c11 = Math.fma(y, b[q + 1], c11);
        c12 = Math.fma(y, b[q + 2], c12);
        c13 = Math.fma(y, b[q + 3], c13);
        a0 += acs;
        a1 += acs;
        q += ldb;
      }
      c[o] = c00;
      c[o + 1] = c01;
      c[o + 2] = c02;
      c[o + 3] = c03;
      c[u] = c10;
      c[u + 1] = c11;
      c[u + 2] = c12;
      c[u + 3] = c13;
    }
  }

  /** One row of a tile: {@code c[ic + j] (+)= sum over p of a[ia + p acs] b[ib + p ldb + j]}. */
  static void row(
      int columns,
      float[] a,
      int ia,
      int acs,
      float[] b,
      int ib,
      int ldb,
      int k,
      float[] c,
      int ic,
      boolean add) {
    for (int j = 0; j < columns; j++) {
      float s = add ? c[ic + j] : 0;
      for (int p = 0; p < k; p++) {
        s = Math.fma(a[ia + p * acs], b[ib + p * ldb + j], s);
      }
      c[ic + j] = s;
    }
  }

  /**
   * Adds products into 64 accumulators, element p into number p mod 64.
   *
   * @return how many of the k elements were used: a multiple of 64
   */
  static int dot(float[] a, int ia, float[] x, int ix, int k, float[] sums) {
    int end = k & -64;
    for (int p = 0; p < end; p += 64) {
      for (int j = 0; j < 64; j++) {
        sums[j] = Math.fma(a[ia + p + j], x[ix + p + j], sums[j]);
      }
    }
    return end;
  }

  /** {@code y[j] = sum over p of x[p xs] a[p lda + j]} for as many j as fill whole vectors. */
  static int columns(
      float[] a, int ia, int lda, float[] x, int ix, int xs, int k, float[] y, int iy, int n) {
    for (int j = 0; j < n; j++) {
      y[iy + j] = 0;
    }
    for (int p = 0; p < k; p++) {
      float v = x[ix + p * xs];
      int q = ia + p * lda;
      for (int j = 0; j < n; j++) {
        y[iy + j] = Math.fma(v, a[q + j], y[iy + j]);
      }
    }
    return n;
  }
}
