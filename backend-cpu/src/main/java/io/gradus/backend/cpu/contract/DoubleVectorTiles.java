package io.gradus.backend.cpu.contract;

import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * The inner loops of {@link DoubleGemm} on Vector API lanes; loaded only where the module is there.
 *
 * <p>A tile is 4 rows of two vectors: 8 accumulators hide the latency of fma and leave room in 16
 * registers (6 rows spill when the operands are heap arrays). Every element is one chain of fma
 * over k, so that tiles of any width and {@link DoubleScalarTiles} agree bit by bit.
 */
final class DoubleVectorTiles {
  private static final VectorSpecies<Double> S = DoubleVector.SPECIES_PREFERRED;
  private static final int V = S.length();

  /** Columns of a tile. */
  static final int COLUMNS = 2 * V;

  private DoubleVectorTiles() {}

  /** A tile from panels of 4 rows and {@link #COLUMNS} columns, k after k. */
  static void packed(
      double[] a, int ia, double[] b, int ib, int k, double[] c, int ic, int ldc, boolean add) {
    DoubleVector c00;
    DoubleVector c01;
    DoubleVector c10;
    DoubleVector c11;
    DoubleVector c20;
    DoubleVector c21;
    DoubleVector c30;
    DoubleVector c31;
    if (add) {
      c00 = DoubleVector.fromArray(S, c, ic);
      c01 = DoubleVector.fromArray(S, c, ic + V);
      c10 = DoubleVector.fromArray(S, c, ic + ldc);
      c11 = DoubleVector.fromArray(S, c, ic + ldc + V);
      c20 = DoubleVector.fromArray(S, c, ic + 2 * ldc);
      c21 = DoubleVector.fromArray(S, c, ic + 2 * ldc + V);
      c30 = DoubleVector.fromArray(S, c, ic + 3 * ldc);
      c31 = DoubleVector.fromArray(S, c, ic + 3 * ldc + V);
    } else {
      c00 = c01 = c10 = c11 = c20 = c21 = c30 = c31 = DoubleVector.zero(S);
    }
    for (int p = 0; p < k; p++) {
      DoubleVector b0 = DoubleVector.fromArray(S, b, ib + p * COLUMNS);
      DoubleVector b1 = DoubleVector.fromArray(S, b, ib + p * COLUMNS + V);
      DoubleVector x = DoubleVector.broadcast(S, a[ia + p * 4]);
      c00 = x.fma(b0, c00);
      c01 = x.fma(b1, c01);
      x = DoubleVector.broadcast(S, a[ia + p * 4 + 1]);
      c10 = x.fma(b0, c10);
      c11 = x.fma(b1, c11);
      x = DoubleVector.broadcast(S, a[ia + p * 4 + 2]);
      c20 = x.fma(b0, c20);
      c21 = x.fma(b1, c21);
      x = DoubleVector.broadcast(S, a[ia + p * 4 + 3]);
      c30 = x.fma(b0, c30);
      c31 = x.fma(b1, c31);
    }
    c00.intoArray(c, ic);
    c01.intoArray(c, ic + V);
    c10.intoArray(c, ic + ldc);
    c11.intoArray(c, ic + ldc + V);
    c20.intoArray(c, ic + 2 * ldc);
    c21.intoArray(c, ic + 2 * ldc + V);
    c30.intoArray(c, ic + 3 * ldc);
    c31.intoArray(c, ic + 3 * ldc + V);
  }

  /** A tile of 4 rows of an unpacked {@code a} and rows of {@code b} that lie {@code ldb} apart. */
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
    DoubleVector c00 = DoubleVector.zero(S);
    DoubleVector c01 = c00;
    DoubleVector c10 = c00;
    DoubleVector c11 = c00;
    DoubleVector c20 = c00;
    DoubleVector c21 = c00;
    DoubleVector c30 = c00;
    DoubleVector c31 = c00;
    int a1 = ia + ars;
    int a2 = a1 + ars;
    int a3 = a2 + ars;
    int a0 = ia;
    int q = ib;
    for (int p = 0; p < k; p++) {
      DoubleVector b0 = DoubleVector.fromArray(S, b, q);
      DoubleVector b1 = DoubleVector.fromArray(S, b, q + V);
      DoubleVector x = DoubleVector.broadcast(S, a[a0]);
      c00 = x.fma(b0, c00);
      c01 = x.fma(b1, c01);
      x = DoubleVector.broadcast(S, a[a1]);
      c10 = x.fma(b0, c10);
      c11 = x.fma(b1, c11);
      x = DoubleVector.broadcast(S, a[a2]);
      c20 = x.fma(b0, c20);
      c21 = x.fma(b1, c21);
      x = DoubleVector.broadcast(S, a[a3]);
      c30 = x.fma(b0, c30);
      c31 = x.fma(b1, c31);
      a0 += acs;
      a1 += acs;
      a2 += acs;
      a3 += acs;
      q += ldb;
    }
    c00.intoArray(c, ic);
    c01.intoArray(c, ic + V);
    c10.intoArray(c, ic + ldc);
    c11.intoArray(c, ic + ldc + V);
    c20.intoArray(c, ic + 2 * ldc);
    c21.intoArray(c, ic + 2 * ldc + V);
    c30.intoArray(c, ic + 3 * ldc);
    c31.intoArray(c, ic + 3 * ldc + V);
  }

  /** One row of a tile: {@code c[ic + j] = sum over p of a[ia + p acs] b[ib + p ldb + j]}. */
  static void row(
      double[] a, int ia, int acs, double[] b, int ib, int ldb, int k, double[] c, int ic) {
    DoubleVector c0 = DoubleVector.zero(S);
    DoubleVector c1 = c0;
    int p0 = ia;
    int q = ib;
    for (int p = 0; p < k; p++) {
      DoubleVector x = DoubleVector.broadcast(S, a[p0]);
      c0 = x.fma(DoubleVector.fromArray(S, b, q), c0);
      c1 = x.fma(DoubleVector.fromArray(S, b, q + V), c1);
      p0 += acs;
      q += ldb;
    }
    c0.intoArray(c, ic);
    c1.intoArray(c, ic + V);
  }

  /** Copies {@link #COLUMNS} neighbours of each of k rows. */
  static void packRows(double[] b, int ib, int ldb, int k, double[] to, int o) {
    for (int p = 0; p < k; p++) {
      DoubleVector.fromArray(S, b, ib + p * ldb).intoArray(to, o + p * COLUMNS);
      DoubleVector.fromArray(S, b, ib + p * ldb + V).intoArray(to, o + p * COLUMNS + V);
    }
  }

  /**
   * Adds products into 64 accumulators, element p into number p mod 64.
   *
   * @return how many of the k elements were used: a multiple of 64
   */
  static int dot(double[] a, int ia, double[] x, int ix, int k, double[] sums) {
    int end = k & -64;
    if (V == 16) {
      dot16(a, ia, x, ix, end, sums);
    } else if (V == 8) {
      dot8(a, ia, x, ix, end, sums);
    } else {
      for (int j = 0; j < 64; j += V) {
        DoubleVector s = DoubleVector.zero(S);
        for (int p = j; p < end; p += 64) {
          s = DoubleVector.fromArray(S, a, ia + p).fma(DoubleVector.fromArray(S, x, ix + p), s);
        }
        s.intoArray(sums, j);
      }
    }
    return end;
  }

  private static void dot16(double[] a, int ia, double[] x, int ix, int end, double[] sums) {
    DoubleVector s0 = DoubleVector.zero(S);
    DoubleVector s1 = s0;
    DoubleVector s2 = s0;
    DoubleVector s3 = s0;
    for (int p = 0; p < end; p += 64) {
      s0 = at(a, ia + p).fma(at(x, ix + p), s0);
      s1 = at(a, ia + p + 16).fma(at(x, ix + p + 16), s1);
      s2 = at(a, ia + p + 32).fma(at(x, ix + p + 32), s2);
      s3 = at(a, ia + p + 48).fma(at(x, ix + p + 48), s3);
    }
    s0.intoArray(sums, 0);
    s1.intoArray(sums, 16);
    s2.intoArray(sums, 32);
    s3.intoArray(sums, 48);
  }

  private static void dot8(double[] a, int ia, double[] x, int ix, int end, double[] sums) {
    DoubleVector s0 = DoubleVector.zero(S);
    DoubleVector s1 = s0;
    DoubleVector s2 = s0;
    DoubleVector s3 = s0;
    DoubleVector s4 = s0;
    DoubleVector s5 = s0;
    DoubleVector s6 = s0;
    DoubleVector s7 = s0;
    for (int p = 0; p < end; p += 64) {
      s0 = at(a, ia + p).fma(at(x, ix + p), s0);
      s1 = at(a, ia + p + 8).fma(at(x, ix + p + 8), s1);
      s2 = at(a, ia + p + 16).fma(at(x, ix + p + 16), s2);
      s3 = at(a, ia + p + 24).fma(at(x, ix + p + 24), s3);
      s4 = at(a, ia + p + 32).fma(at(x, ix + p + 32), s4);
      s5 = at(a, ia + p + 40).fma(at(x, ix + p + 40), s5);
      s6 = at(a, ia + p + 48).fma(at(x, ix + p + 48), s6);
      s7 = at(a, ia + p + 56).fma(at(x, ix + p + 56), s7);
    }
    s0.intoArray(sums, 0);
    s1.intoArray(sums, 8);
    s2.intoArray(sums, 16);
    s3.intoArray(sums, 24);
    s4.intoArray(sums, 32);
    s5.intoArray(sums, 40);
    s6.intoArray(sums, 48);
    s7.intoArray(sums, 56);
  }

  private static DoubleVector at(double[] a, int i) {
    return DoubleVector.fromArray(S, a, i);
  }

  /** {@code y[j] = sum over p of x[p xs] a[p lda + j]} for as many j as fill whole vectors. */
  static int columns(
      double[] a, int ia, int lda, double[] x, int ix, int xs, int k, double[] y, int iy, int n) {
    int j = 0;
    for (; j + 4 * V <= n; j += 4 * V) {
      DoubleVector s0 = DoubleVector.zero(S);
      DoubleVector s1 = s0;
      DoubleVector s2 = s0;
      DoubleVector s3 = s0;
      int q = ia + j;
      int px = ix;
      for (int p = 0; p < k; p++) {
        DoubleVector v = DoubleVector.broadcast(S, x[px]);
        s0 = v.fma(at(a, q), s0);
        s1 = v.fma(at(a, q + V), s1);
        s2 = v.fma(at(a, q + 2 * V), s2);
        s3 = v.fma(at(a, q + 3 * V), s3);
        q += lda;
        px += xs;
      }
      s0.intoArray(y, iy + j);
      s1.intoArray(y, iy + j + V);
      s2.intoArray(y, iy + j + 2 * V);
      s3.intoArray(y, iy + j + 3 * V);
    }
    for (; j + V <= n; j += V) {
      DoubleVector s = DoubleVector.zero(S);
      int q = ia + j;
      int px = ix;
      for (int p = 0; p < k; p++) {
        s = DoubleVector.broadcast(S, x[px]).fma(at(a, q), s);
        q += lda;
        px += xs;
      }
      s.intoArray(y, iy + j);
    }
    return j;
  }
}
