package io.gradus.backend.cpu.contract;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * The inner loops of {@link FloatGemm} on Vector API lanes; loaded only where the module is there.
 *
 * <p>A tile is 4 rows of two vectors: 8 accumulators just hide the latency of fma and leave room in
 * 16 registers (6 rows spill when the operands are heap arrays). 512-bit vectors come with 32
 * registers, enough for 8 rows. Every element is one chain of fma over k, so that tiles of any
 * width and {@link FloatScalarTiles} agree bit by bit.
 */
final class FloatVectorTiles {
  private static final VectorSpecies<Float> S = FloatVector.SPECIES_PREFERRED;
  private static final int V = S.length();

  /** Columns of a tile. */
  static final int COLUMNS = 2 * V;

  private FloatVectorTiles() {}

  /**
   * A tile from panels of 4 rows and {@link #COLUMNS} columns, k after k, added to what lies at
   * {@code from}.
   */
  static void four(
      float[] a,
      int ia,
      float[] b,
      int ib,
      int k,
      float[] from,
      int at,
      int ld,
      float[] c,
      int ic,
      int ldc) {
    FloatVector c00 = at(from, at);
    FloatVector c01 = at(from, at + V);
    FloatVector c10 = at(from, at + ld);
    FloatVector c11 = at(from, at + ld + V);
    FloatVector c20 = at(from, at + 2 * ld);
    FloatVector c21 = at(from, at + 2 * ld + V);
    FloatVector c30 = at(from, at + 3 * ld);
    FloatVector c31 = at(from, at + 3 * ld + V);
    for (int p = 0; p < k; p++) {
      FloatVector b0 = at(b, ib + p * COLUMNS);
      FloatVector b1 = at(b, ib + p * COLUMNS + V);
      FloatVector x = FloatVector.broadcast(S, a[ia + p * 4]);
      c00 = x.fma(b0, c00);
      c01 = x.fma(b1, c01);
      x = FloatVector.broadcast(S, a[ia + p * 4 + 1]);
      c10 = x.fma(b0, c10);
      c11 = x.fma(b1, c11);
      x = FloatVector.broadcast(S, a[ia + p * 4 + 2]);
      c20 = x.fma(b0, c20);
      c21 = x.fma(b1, c21);
      x = FloatVector.broadcast(S, a[ia + p * 4 + 3]);
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

  /** The same with 8 rows. */
  static void eight(
      float[] a,
      int ia,
      float[] b,
      int ib,
      int k,
      float[] from,
      int at,
      int ld,
      float[] c,
      int ic,
      int ldc) {
    FloatVector c00 = at(from, at);
    FloatVector c01 = at(from, at + V);
    FloatVector c10 = at(from, at + ld);
    FloatVector c11 = at(from, at + ld + V);
    FloatVector c20 = at(from, at + 2 * ld);
    FloatVector c21 = at(from, at + 2 * ld + V);
    FloatVector c30 = at(from, at + 3 * ld);
    FloatVector c31 = at(from, at + 3 * ld + V);
    FloatVector c40 = at(from, at + 4 * ld);
    FloatVector c41 = at(from, at + 4 * ld + V);
    FloatVector c50 = at(from, at + 5 * ld);
    FloatVector c51 = at(from, at + 5 * ld + V);
    FloatVector c60 = at(from, at + 6 * ld);
    FloatVector c61 = at(from, at + 6 * ld + V);
    FloatVector c70 = at(from, at + 7 * ld);
    FloatVector c71 = at(from, at + 7 * ld + V);
    for (int p = 0; p < k; p++) {
      FloatVector b0 = at(b, ib + p * COLUMNS);
      FloatVector b1 = at(b, ib + p * COLUMNS + V);
      FloatVector x = FloatVector.broadcast(S, a[ia + p * 8]);
      c00 = x.fma(b0, c00);
      c01 = x.fma(b1, c01);
      x = FloatVector.broadcast(S, a[ia + p * 8 + 1]);
      c10 = x.fma(b0, c10);
      c11 = x.fma(b1, c11);
      x = FloatVector.broadcast(S, a[ia + p * 8 + 2]);
      c20 = x.fma(b0, c20);
      c21 = x.fma(b1, c21);
      x = FloatVector.broadcast(S, a[ia + p * 8 + 3]);
      c30 = x.fma(b0, c30);
      c31 = x.fma(b1, c31);
      x = FloatVector.broadcast(S, a[ia + p * 8 + 4]);
      c40 = x.fma(b0, c40);
      c41 = x.fma(b1, c41);
      x = FloatVector.broadcast(S, a[ia + p * 8 + 5]);
      c50 = x.fma(b0, c50);
      c51 = x.fma(b1, c51);
      x = FloatVector.broadcast(S, a[ia + p * 8 + 6]);
      c60 = x.fma(b0, c60);
      c61 = x.fma(b1, c61);
      x = FloatVector.broadcast(S, a[ia + p * 8 + 7]);
      c70 = x.fma(b0, c70);
      c71 = x.fma(b1, c71);
    }
    c00.intoArray(c, ic);
    c01.intoArray(c, ic + V);
    c10.intoArray(c, ic + ldc);
    c11.intoArray(c, ic + ldc + V);
    c20.intoArray(c, ic + 2 * ldc);
    c21.intoArray(c, ic + 2 * ldc + V);
    c30.intoArray(c, ic + 3 * ldc);
    c31.intoArray(c, ic + 3 * ldc + V);
    c40.intoArray(c, ic + 4 * ldc);
    c41.intoArray(c, ic + 4 * ldc + V);
    c50.intoArray(c, ic + 5 * ldc);
    c51.intoArray(c, ic + 5 * ldc + V);
    c60.intoArray(c, ic + 6 * ldc);
    c61.intoArray(c, ic + 6 * ldc + V);
    c70.intoArray(c, ic + 7 * ldc);
    c71.intoArray(c, ic + 7 * ldc + V);
  }

  /** A tile of 4 rows of an unpacked {@code a} and rows of {@code b} that lie {@code ldb} apart. */
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
    FloatVector c00 = FloatVector.zero(S);
    FloatVector c01 = c00;
    FloatVector c10 = c00;
    FloatVector c11 = c00;
    FloatVector c20 = c00;
    FloatVector c21 = c00;
    FloatVector c30 = c00;
    FloatVector c31 = c00;
    int a1 = ia + ars;
    int a2 = a1 + ars;
    int a3 = a2 + ars;
    int a0 = ia;
    int q = ib;
    for (int p = 0; p < k; p++) {
      FloatVector b0 = FloatVector.fromArray(S, b, q);
      FloatVector b1 = FloatVector.fromArray(S, b, q + V);
      FloatVector x = FloatVector.broadcast(S, a[a0]);
      c00 = x.fma(b0, c00);
      c01 = x.fma(b1, c01);
      x = FloatVector.broadcast(S, a[a1]);
      c10 = x.fma(b0, c10);
      c11 = x.fma(b1, c11);
      x = FloatVector.broadcast(S, a[a2]);
      c20 = x.fma(b0, c20);
      c21 = x.fma(b1, c21);
      x = FloatVector.broadcast(S, a[a3]);
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

  /** The same with 8 rows. */
  static void directEight(
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
    FloatVector c00 = FloatVector.zero(S);
    FloatVector c01 = c00;
    FloatVector c10 = c00;
    FloatVector c11 = c00;
    FloatVector c20 = c00;
    FloatVector c21 = c00;
    FloatVector c30 = c00;
    FloatVector c31 = c00;
    FloatVector c40 = c00;
    FloatVector c41 = c00;
    FloatVector c50 = c00;
    FloatVector c51 = c00;
    FloatVector c60 = c00;
    FloatVector c61 = c00;
    FloatVector c70 = c00;
    FloatVector c71 = c00;
    int a0 = ia;
    int a1 = a0 + ars;
    int a2 = a1 + ars;
    int a3 = a2 + ars;
    int a4 = a3 + ars;
    int a5 = a4 + ars;
    int a6 = a5 + ars;
    int a7 = a6 + ars;
    int s = 0;
    int q = ib;
    for (int p = 0; p < k; p++) {
      FloatVector b0 = at(b, q);
      FloatVector b1 = at(b, q + V);
      FloatVector x = FloatVector.broadcast(S, a[a0 + s]);
      c00 = x.fma(b0, c00);
      c01 = x.fma(b1, c01);
      x = FloatVector.broadcast(S, a[a1 + s]);
      c10 = x.fma(b0, c10);
      c11 = x.fma(b1, c11);
      x = FloatVector.broadcast(S, a[a2 + s]);
      c20 = x.fma(b0, c20);
      c21 = x.fma(b1, c21);
      x = FloatVector.broadcast(S, a[a3 + s]);
      c30 = x.fma(b0, c30);
      c31 = x.fma(b1, c31);
      x = FloatVector.broadcast(S, a[a4 + s]);
      c40 = x.fma(b0, c40);
      c41 = x.fma(b1, c41);
      x = FloatVector.broadcast(S, a[a5 + s]);
      c50 = x.fma(b0, c50);
      c51 = x.fma(b1, c51);
      x = FloatVector.broadcast(S, a[a6 + s]);
      c60 = x.fma(b0, c60);
      c61 = x.fma(b1, c61);
      x = FloatVector.broadcast(S, a[a7 + s]);
      c70 = x.fma(b0, c70);
      c71 = x.fma(b1, c71);
      s += acs;
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
    c40.intoArray(c, ic + 4 * ldc);
    c41.intoArray(c, ic + 4 * ldc + V);
    c50.intoArray(c, ic + 5 * ldc);
    c51.intoArray(c, ic + 5 * ldc + V);
    c60.intoArray(c, ic + 6 * ldc);
    c61.intoArray(c, ic + 6 * ldc + V);
    c70.intoArray(c, ic + 7 * ldc);
    c71.intoArray(c, ic + 7 * ldc + V);
  }

  /** One row of a tile: {@code c[ic + j] = sum over p of a[ia + p acs] b[ib + p ldb + j]}. */
  static void row(
      float[] a, int ia, int acs, float[] b, int ib, int ldb, int k, float[] c, int ic) {
    FloatVector c0 = FloatVector.zero(S);
    FloatVector c1 = c0;
    int p0 = ia;
    int q = ib;
    for (int p = 0; p < k; p++) {
      FloatVector x = FloatVector.broadcast(S, a[p0]);
      c0 = x.fma(FloatVector.fromArray(S, b, q), c0);
      c1 = x.fma(FloatVector.fromArray(S, b, q + V), c1);
      p0 += acs;
      q += ldb;
    }
    c0.intoArray(c, ic);
    c1.intoArray(c, ic + V);
  }

  /**
   * Adds products into 64 accumulators, element p into number p mod 64.
   *
   * @return how many of the k elements were used: a multiple of 64
   */
  static int dot(float[] a, int ia, float[] x, int ix, int k, float[] sums) {
    int end = k & -64;
    if (V == 16) {
      dot16(a, ia, x, ix, end, sums);
    } else if (V == 8) {
      dot8(a, ia, x, ix, end, sums);
    } else {
      for (int j = 0; j < 64; j += V) {
        FloatVector s = FloatVector.zero(S);
        for (int p = j; p < end; p += 64) {
          s = FloatVector.fromArray(S, a, ia + p).fma(FloatVector.fromArray(S, x, ix + p), s);
        }
        s.intoArray(sums, j);
      }
    }
    return end;
  }

  private static void dot16(float[] a, int ia, float[] x, int ix, int end, float[] sums) {
    FloatVector s0 = FloatVector.zero(S);
    FloatVector s1 = s0;
    FloatVector s2 = s0;
    FloatVector s3 = s0;
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

  private static void dot8(float[] a, int ia, float[] x, int ix, int end, float[] sums) {
    FloatVector s0 = FloatVector.zero(S);
    FloatVector s1 = s0;
    FloatVector s2 = s0;
    FloatVector s3 = s0;
    FloatVector s4 = s0;
    FloatVector s5 = s0;
    FloatVector s6 = s0;
    FloatVector s7 = s0;
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

  private static FloatVector at(float[] a, int i) {
    return FloatVector.fromArray(S, a, i);
  }

  /** {@code y[j] = sum over p of x[p xs] a[p lda + j]} for as many j as fill whole vectors. */
  static int columns(
      float[] a, int ia, int lda, float[] x, int ix, int xs, int k, float[] y, int iy, int n) {
    int j = 0;
    for (; j + 4 * V <= n; j += 4 * V) {
      FloatVector s0 = FloatVector.zero(S);
      FloatVector s1 = s0;
      FloatVector s2 = s0;
      FloatVector s3 = s0;
      int q = ia + j;
      int px = ix;
      for (int p = 0; p < k; p++) {
        FloatVector v = FloatVector.broadcast(S, x[px]);
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
      FloatVector s = FloatVector.zero(S);
      int q = ia + j;
      int px = ix;
      for (int p = 0; p < k; p++) {
        s = FloatVector.broadcast(S, x[px]).fma(at(a, q), s);
        q += lda;
        px += xs;
      }
      s.intoArray(y, iy + j);
    }
    return j;
  }
}
