package io.gradus.backend.cpu.convolve;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * The loops of {@link FloatWindowTiles} on Vector API lanes; loaded only where the module is there.
 *
 * <p>Each element is one chain of fma over k, whatever the tile.
 */
final class FloatWindowVectorTiles {
  private static final VectorSpecies<Float> S = FloatVector.SPECIES_PREFERRED;
  private static final int V = S.length();

  static final int LANES = V;

  private FloatWindowVectorTiles() {}

  /** Eight rows of two vectors, the second four at {@code ja}: for 32 registers. */
  static void eight(
      float[] a,
      int ia,
      int ja,
      float[] b,
      int ib,
      int[] t,
      int it,
      int k,
      float[] from,
      int at,
      int ld,
      float[] c,
      int ic,
      int ldc) {
    FloatVector c00 = FloatVector.fromArray(S, from, at);
    FloatVector c01 = FloatVector.fromArray(S, from, at + V);
    FloatVector c10 = FloatVector.fromArray(S, from, at + ld);
    FloatVector c11 = FloatVector.fromArray(S, from, at + ld + V);
    FloatVector c20 = FloatVector.fromArray(S, from, at + 2 * ld);
    FloatVector c21 = FloatVector.fromArray(S, from, at + 2 * ld + V);
    FloatVector c30 = FloatVector.fromArray(S, from, at + 3 * ld);
    FloatVector c31 = FloatVector.fromArray(S, from, at + 3 * ld + V);
    FloatVector c40 = FloatVector.fromArray(S, from, at + 4 * ld);
    FloatVector c41 = FloatVector.fromArray(S, from, at + 4 * ld + V);
    FloatVector c50 = FloatVector.fromArray(S, from, at + 5 * ld);
    FloatVector c51 = FloatVector.fromArray(S, from, at + 5 * ld + V);
    FloatVector c60 = FloatVector.fromArray(S, from, at + 6 * ld);
    FloatVector c61 = FloatVector.fromArray(S, from, at + 6 * ld + V);
    FloatVector c70 = FloatVector.fromArray(S, from, at + 7 * ld);
    FloatVector c71 = FloatVector.fromArray(S, from, at + 7 * ld + V);
    for (int p = 0; p < k; p++) {
      int q = ib + t[it + p];
      FloatVector b0 = FloatVector.fromArray(S, b, q);
      FloatVector b1 = FloatVector.fromArray(S, b, q + V);
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
      x = FloatVector.broadcast(S, a[ja + p * 4]);
      c40 = x.fma(b0, c40);
      c41 = x.fma(b1, c41);
      x = FloatVector.broadcast(S, a[ja + p * 4 + 1]);
      c50 = x.fma(b0, c50);
      c51 = x.fma(b1, c51);
      x = FloatVector.broadcast(S, a[ja + p * 4 + 2]);
      c60 = x.fma(b0, c60);
      c61 = x.fma(b1, c61);
      x = FloatVector.broadcast(S, a[ja + p * 4 + 3]);
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

  /** Four rows of two vectors. */
  static void four(
      float[] a,
      int ia,
      float[] b,
      int ib,
      int[] t,
      int it,
      int k,
      float[] from,
      int at,
      int ld,
      float[] c,
      int ic,
      int ldc) {
    FloatVector c00 = FloatVector.fromArray(S, from, at);
    FloatVector c01 = FloatVector.fromArray(S, from, at + V);
    FloatVector c10 = FloatVector.fromArray(S, from, at + ld);
    FloatVector c11 = FloatVector.fromArray(S, from, at + ld + V);
    FloatVector c20 = FloatVector.fromArray(S, from, at + 2 * ld);
    FloatVector c21 = FloatVector.fromArray(S, from, at + 2 * ld + V);
    FloatVector c30 = FloatVector.fromArray(S, from, at + 3 * ld);
    FloatVector c31 = FloatVector.fromArray(S, from, at + 3 * ld + V);
    for (int p = 0; p < k; p++) {
      int q = ib + t[it + p];
      FloatVector b0 = FloatVector.fromArray(S, b, q);
      FloatVector b1 = FloatVector.fromArray(S, b, q + V);
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

  /** Four rows of one vector. */
  static void narrowFour(
      float[] a,
      int ia,
      float[] b,
      int ib,
      int[] t,
      int it,
      int k,
      float[] from,
      int at,
      int ld,
      float[] c,
      int ic,
      int ldc) {
    FloatVector c00 = FloatVector.fromArray(S, from, at);
    FloatVector c10 = FloatVector.fromArray(S, from, at + ld);
    FloatVector c20 = FloatVector.fromArray(S, from, at + 2 * ld);
    FloatVector c30 = FloatVector.fromArray(S, from, at + 3 * ld);
    for (int p = 0; p < k; p++) {
      int q = ib + t[it + p];
      FloatVector b0 = FloatVector.fromArray(S, b, q);
      FloatVector x = FloatVector.broadcast(S, a[ia + p * 4]);
      c00 = x.fma(b0, c00);
      x = FloatVector.broadcast(S, a[ia + p * 4 + 1]);
      c10 = x.fma(b0, c10);
      x = FloatVector.broadcast(S, a[ia + p * 4 + 2]);
      c20 = x.fma(b0, c20);
      x = FloatVector.broadcast(S, a[ia + p * 4 + 3]);
      c30 = x.fma(b0, c30);
    }
    c00.intoArray(c, ic);
    c10.intoArray(c, ic + ldc);
    c20.intoArray(c, ic + 2 * ldc);
    c30.intoArray(c, ic + 3 * ldc);
  }

  /** The first of four rows, two vectors. */
  static void one(
      float[] a,
      int ia,
      float[] b,
      int ib,
      int[] t,
      int it,
      int k,
      float[] from,
      int at,
      float[] c,
      int ic) {
    FloatVector c00 = FloatVector.fromArray(S, from, at);
    FloatVector c01 = FloatVector.fromArray(S, from, at + V);
    for (int p = 0; p < k; p++) {
      int q = ib + t[it + p];
      FloatVector b0 = FloatVector.fromArray(S, b, q);
      FloatVector b1 = FloatVector.fromArray(S, b, q + V);
      FloatVector x = FloatVector.broadcast(S, a[ia + p * 4]);
      c00 = x.fma(b0, c00);
      c01 = x.fma(b1, c01);
    }
    c00.intoArray(c, ic);
    c01.intoArray(c, ic + V);
  }

  /** Eight places, two vectors of outputs: for 32 registers. */
  static void eightOutputs(
      float[] a,
      int[] starts,
      int ia,
      int[] t,
      int k,
      float[] b,
      float[] from,
      int at,
      int ld,
      float[] c,
      int ic,
      int ldc) {
    FloatVector c00 = FloatVector.fromArray(S, from, at);
    FloatVector c01 = FloatVector.fromArray(S, from, at + V);
    FloatVector c10 = FloatVector.fromArray(S, from, at + ld);
    FloatVector c11 = FloatVector.fromArray(S, from, at + ld + V);
    FloatVector c20 = FloatVector.fromArray(S, from, at + 2 * ld);
    FloatVector c21 = FloatVector.fromArray(S, from, at + 2 * ld + V);
    FloatVector c30 = FloatVector.fromArray(S, from, at + 3 * ld);
    FloatVector c31 = FloatVector.fromArray(S, from, at + 3 * ld + V);
    FloatVector c40 = FloatVector.fromArray(S, from, at + 4 * ld);
    FloatVector c41 = FloatVector.fromArray(S, from, at + 4 * ld + V);
    FloatVector c50 = FloatVector.fromArray(S, from, at + 5 * ld);
    FloatVector c51 = FloatVector.fromArray(S, from, at + 5 * ld + V);
    FloatVector c60 = FloatVector.fromArray(S, from, at + 6 * ld);
    FloatVector c61 = FloatVector.fromArray(S, from, at + 6 * ld + V);
    FloatVector c70 = FloatVector.fromArray(S, from, at + 7 * ld);
    FloatVector c71 = FloatVector.fromArray(S, from, at + 7 * ld + V);
    int a0 = starts[ia];
    int a1 = starts[ia + 1];
    int a2 = starts[ia + 2];
    int a3 = starts[ia + 3];
    int a4 = starts[ia + 4];
    int a5 = starts[ia + 5];
    int a6 = starts[ia + 6];
    int a7 = starts[ia + 7];
    for (int p = 0; p < k; p++) {
      int d = t[p];
      FloatVector b0 = FloatVector.fromArray(S, b, p * (2 * V));
      FloatVector b1 = FloatVector.fromArray(S, b, p * (2 * V) + V);
      FloatVector x = FloatVector.broadcast(S, a[a0 + d]);
      c00 = x.fma(b0, c00);
      c01 = x.fma(b1, c01);
      x = FloatVector.broadcast(S, a[a1 + d]);
      c10 = x.fma(b0, c10);
      c11 = x.fma(b1, c11);
      x = FloatVector.broadcast(S, a[a2 + d]);
      c20 = x.fma(b0, c20);
      c21 = x.fma(b1, c21);
      x = FloatVector.broadcast(S, a[a3 + d]);
      c30 = x.fma(b0, c30);
      c31 = x.fma(b1, c31);
      x = FloatVector.broadcast(S, a[a4 + d]);
      c40 = x.fma(b0, c40);
      c41 = x.fma(b1, c41);
      x = FloatVector.broadcast(S, a[a5 + d]);
      c50 = x.fma(b0, c50);
      c51 = x.fma(b1, c51);
      x = FloatVector.broadcast(S, a[a6 + d]);
      c60 = x.fma(b0, c60);
      c61 = x.fma(b1, c61);
      x = FloatVector.broadcast(S, a[a7 + d]);
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

  /** Four places, two vectors of outputs. */
  static void outputs(
      float[] a,
      int[] starts,
      int ia,
      int[] t,
      int k,
      float[] b,
      float[] from,
      int at,
      int ld,
      float[] c,
      int ic,
      int ldc) {
    FloatVector c00 = FloatVector.fromArray(S, from, at);
    FloatVector c01 = FloatVector.fromArray(S, from, at + V);
    FloatVector c10 = FloatVector.fromArray(S, from, at + ld);
    FloatVector c11 = FloatVector.fromArray(S, from, at + ld + V);
    FloatVector c20 = FloatVector.fromArray(S, from, at + 2 * ld);
    FloatVector c21 = FloatVector.fromArray(S, from, at + 2 * ld + V);
    FloatVector c30 = FloatVector.fromArray(S, from, at + 3 * ld);
    FloatVector c31 = FloatVector.fromArray(S, from, at + 3 * ld + V);
    int a0 = starts[ia];
    int a1 = starts[ia + 1];
    int a2 = starts[ia + 2];
    int a3 = starts[ia + 3];
    for (int p = 0; p < k; p++) {
      int d = t[p];
      FloatVector b0 = FloatVector.fromArray(S, b, p * (2 * V));
      FloatVector b1 = FloatVector.fromArray(S, b, p * (2 * V) + V);
      FloatVector x = FloatVector.broadcast(S, a[a0 + d]);
      c00 = x.fma(b0, c00);
      c01 = x.fma(b1, c01);
      x = FloatVector.broadcast(S, a[a1 + d]);
      c10 = x.fma(b0, c10);
      c11 = x.fma(b1, c11);
      x = FloatVector.broadcast(S, a[a2 + d]);
      c20 = x.fma(b0, c20);
      c21 = x.fma(b1, c21);
      x = FloatVector.broadcast(S, a[a3 + d]);
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

  /** Eight places, one vector of outputs. */
  static void narrowOutputs(
      float[] a,
      int[] starts,
      int ia,
      int[] t,
      int k,
      float[] b,
      float[] from,
      int at,
      int ld,
      float[] c,
      int ic,
      int ldc) {
    FloatVector c00 = FloatVector.fromArray(S, from, at);
    FloatVector c10 = FloatVector.fromArray(S, from, at + ld);
    FloatVector c20 = FloatVector.fromArray(S, from, at + 2 * ld);
    FloatVector c30 = FloatVector.fromArray(S, from, at + 3 * ld);
    FloatVector c40 = FloatVector.fromArray(S, from, at + 4 * ld);
    FloatVector c50 = FloatVector.fromArray(S, from, at + 5 * ld);
    FloatVector c60 = FloatVector.fromArray(S, from, at + 6 * ld);
    FloatVector c70 = FloatVector.fromArray(S, from, at + 7 * ld);
    int a0 = starts[ia];
    int a1 = starts[ia + 1];
    int a2 = starts[ia + 2];
    int a3 = starts[ia + 3];
    int a4 = starts[ia + 4];
    int a5 = starts[ia + 5];
    int a6 = starts[ia + 6];
    int a7 = starts[ia + 7];
    for (int p = 0; p < k; p++) {
      int d = t[p];
      FloatVector b0 = FloatVector.fromArray(S, b, p * V);
      FloatVector x = FloatVector.broadcast(S, a[a0 + d]);
      c00 = x.fma(b0, c00);
      x = FloatVector.broadcast(S, a[a1 + d]);
      c10 = x.fma(b0, c10);
      x = FloatVector.broadcast(S, a[a2 + d]);
      c20 = x.fma(b0, c20);
      x = FloatVector.broadcast(S, a[a3 + d]);
      c30 = x.fma(b0, c30);
      x = FloatVector.broadcast(S, a[a4 + d]);
      c40 = x.fma(b0, c40);
      x = FloatVector.broadcast(S, a[a5 + d]);
      c50 = x.fma(b0, c50);
      x = FloatVector.broadcast(S, a[a6 + d]);
      c60 = x.fma(b0, c60);
      x = FloatVector.broadcast(S, a[a7 + d]);
      c70 = x.fma(b0, c70);
    }
    c00.intoArray(c, ic);
    c10.intoArray(c, ic + ldc);
    c20.intoArray(c, ic + 2 * ldc);
    c30.intoArray(c, ic + 3 * ldc);
    c40.intoArray(c, ic + 4 * ldc);
    c50.intoArray(c, ic + 5 * ldc);
    c60.intoArray(c, ic + 6 * ldc);
    c70.intoArray(c, ic + 7 * ldc);
  }
}
