package io.gradus.backend.cpu.scan;

import io.gradus.backend.cpu.lanes.Lanes;
import io.gradus.backend.cpu.lanes.Trial;

/**
 * Sums and running sums of neighbouring f32 elements in f64, in an order that suits vectors and is
 * the same without them.
 */
final class FloatSums {
  /** Elements whose running sums need three additions one after the other. */
  static final int GROUP = 8;

  /** Sums that grow side by side. */
  static final int STRIPES = 16;

  /** Whether this processor has vectors that they suit. */
  static final boolean FIT = Lanes.isVector() && FloatVectorSums.fits();

  /** Elements of a trial. */
  private static final int TRIED = 1024;

  /** Nanoseconds that an element takes at most once compiled, ten times as many as measured. */
  private static final int LIMIT = 10;

  private static final Trial TRIAL = new Trial();

  private FloatSums() {}

  /** Whether n elements are worth vectors now; either way their sums have the same bits. */
  static boolean onVectors(int n) {
    if (!FIT || !Lanes.fillsVector(n)) {
      return false;
    }
    if (!TRIAL.isOver() && TRIAL.begin()) {
      float[] a = new float[TRIED];
      FloatVectorSums.stripes(a, 0, TRIED, new double[STRIPES]);
      FloatVectorSums.running(a, 0, a, 0, TRIED, 0);
      TRIAL.end((long) LIMIT * TRIED);
    }
    return TRIAL.isOver();
  }

  /**
   * The sum of n elements.
   *
   * @param vectors only if they {@link #FIT}
   * @param sums overwritten, {@link #STRIPES} long
   */
  static double sum(boolean vectors, float[] a, int o, int n, double[] sums) {
    int whole = n - n % STRIPES;
    if (vectors) {
      FloatVectorSums.stripes(a, o, whole, sums);
    } else {
      stripes(a, o, whole, sums);
    }
    for (int p = whole; p < n; p++) {
      sums[p - whole] += a[o + p];
    }
    for (int half = STRIPES / 2; half > 0; half /= 2) {
      for (int j = 0; j < half; j++) {
        sums[j] += sums[j + half];
      }
    }
    return sums[0];
  }

  /** The sums of every sixteenth element, from the first on, the second on, and so forth. */
  private static void stripes(float[] a, int o, int n, double[] sums) {
    for (int j = 0; j < STRIPES; j++) {
      sums[j] = 0;
    }
    for (int p = o; p < o + n; p += STRIPES) {
      for (int j = 0; j < STRIPES; j++) {
        sums[j] += a[p + j];
      }
    }
  }

  /** {@code to[o + i] = start + from[fo] + ... + from[fo + i]} for {@code i < n}. */
  static void run(boolean vectors, float[] from, int fo, float[] to, int o, int n, double start) {
    int whole = n - n % GROUP;
    int done = vectors ? n - n % (2 * GROUP) : 0;
    double s = vectors ? FloatVectorSums.running(from, fo, to, o, done, start) : start;
    s = running(from, fo + done, to, o + done, whole - done, s);
    for (int i = whole; i < n; i++) {
      s += from[fo + i];
      to[o + i] = (float) s;
    }
  }

  /** Adds the running sums of each group to the sum before it, which at the end is returned. */
  private static double running(float[] from, int fo, float[] to, int o, int n, double start) {
    double s = start;
    for (int i = 0; i < n; i += GROUP) {
      int f = fo + i;
      int t = o + i;
      double s0 = from[f];
      double s1 = s0 + from[f + 1];
      double x2 = from[f + 2];
      double s2 = s1 + x2;
      double s3 = s1 + (x2 + from[f + 3]);
      double s4 = from[f + 4];
      double s5 = s4 + from[f + 5];
      double x6 = from[f + 6];
      double s6 = s3 + (s5 + x6);
      double s7 = s3 + (s5 + (x6 + from[f + 7]));
      to[t] = (float) (s + s0);
      to[t + 1] = (float) (s + s1);
      to[t + 2] = (float) (s + s2);
      to[t + 3] = (float) (s + s3);
      to[t + 4] = (float) (s + (s3 + s4));
      to[t + 5] = (float) (s + (s3 + s5));
      to[t + 6] = (float) (s + s6);
      to[t + 7] = (float) (s + s7);
      s += s7;
    }
    return s;
  }
}
