package io.gradus.backend.cpu.reduce;

import static jdk.incubator.vector.FloatVector.broadcast;
import static jdk.incubator.vector.FloatVector.fromArray;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * The loops of {@link NormLoops}, and one of {@link SoftmaxRows}, on Vector API lanes; loaded only
 * where the module is there.
 *
 * <p>No method here is called from within a loop: where the compiler has had enough, it would be a
 * call, and its vectors objects.
 */
final class NormVectorLoops {
  private static final VectorSpecies<Float> S = FloatVector.SPECIES_PREFERRED;
  private static final int V = S.length();

  private NormVectorLoops() {}

  /** How many elements were done, whole vectors. */
  static int normalize(
      float[] x,
      int xo,
      float m,
      float r,
      float[] w,
      int wo,
      float[] b,
      int bo,
      float[] y,
      int yo,
      int n) {
    FloatVector mean = broadcast(S, m);
    FloatVector factor = broadcast(S, r);
    int end = S.loopBound(n);
    for (int i = 0; i < end; i += V) {
      FloatVector h = fromArray(S, x, xo + i).sub(mean).mul(factor);
      h.mul(fromArray(S, w, wo + i)).add(fromArray(S, b, bo + i)).intoArray(y, yo + i);
    }
    return end;
  }

  /** {@code y = x - a - b}; how many elements were done, whole vectors. */
  static int subtractTwice(float[] x, int xo, float a, float b, float[] y, int yo, int n) {
    FloatVector first = broadcast(S, a);
    FloatVector second = broadcast(S, b);
    int end = S.loopBound(n);
    for (int i = 0; i < end; i += V) {
      fromArray(S, x, xo + i).sub(first).sub(second).intoArray(y, yo + i);
    }
    return end;
  }

  /** n is a multiple of 64. */
  static void slopes(
      float[] g,
      int go,
      float[] x,
      int xo,
      float m,
      float r,
      float[] w,
      int wo,
      int n,
      NormLoops.Sums s) {
    FloatVector mean = broadcast(S, m);
    FloatVector factor = broadcast(S, r);
    for (int j = 0; j < 64; j += 2 * V) {
      FloatVector s0 = FloatVector.zero(S);
      FloatVector s1 = s0;
      FloatVector t0 = s0;
      FloatVector t1 = s0;
      for (int p = j; p < n; p += 64) {
        int q = p + V;
        FloatVector k0 = fromArray(S, g, go + p).mul(fromArray(S, w, wo + p));
        FloatVector k1 = fromArray(S, g, go + q).mul(fromArray(S, w, wo + q));
        FloatVector h0 = fromArray(S, x, xo + p).sub(mean).mul(factor);
        FloatVector h1 = fromArray(S, x, xo + q).sub(mean).mul(factor);
        s0 = s0.add(k0);
        s1 = s1.add(k1);
        t0 = t0.add(k0.mul(h0));
        t1 = t1.add(k1.mul(h1));
      }
      s0.intoArray(s.first, j);
      s1.intoArray(s.first, j + V);
      t0.intoArray(s.second, j);
      t1.intoArray(s.second, j + V);
    }
  }

  /** How many elements were done, whole vectors. */
  static int gradient(
      float[] g,
      int go,
      float[] x,
      int xo,
      float m,
      float r,
      float[] w,
      int wo,
      float mean,
      float slope,
      float[] to,
      int o,
      int n) {
    FloatVector center = broadcast(S, m);
    FloatVector factor = broadcast(S, r);
    FloatVector first = broadcast(S, mean);
    FloatVector second = broadcast(S, slope);
    int end = S.loopBound(n);
    for (int i = 0; i < end; i += V) {
      FloatVector k = fromArray(S, g, go + i).mul(fromArray(S, w, wo + i));
      FloatVector h = fromArray(S, x, xo + i).sub(center).mul(factor);
      k.sub(first).sub(h.mul(second)).mul(factor).intoArray(to, o + i);
    }
    return end;
  }

  /** How many elements were done, whole vectors. */
  static int addProducts(
      float[] g, int go, float[] x, int xo, float m, float r, float[] sums, int n) {
    FloatVector mean = broadcast(S, m);
    FloatVector factor = broadcast(S, r);
    int end = S.loopBound(n);
    for (int i = 0; i < end; i += V) {
      FloatVector h = fromArray(S, x, xo + i).sub(mean).mul(factor);
      fromArray(S, sums, i).add(fromArray(S, g, go + i).mul(h)).intoArray(sums, i);
    }
    return end;
  }
}
