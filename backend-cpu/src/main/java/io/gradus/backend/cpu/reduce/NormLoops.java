package io.gradus.backend.cpu.reduce;

import io.gradus.backend.cpu.lanes.Lanes;

/**
 * The loops of a layer normalisation over one row of at least 64 {@code f32}: what single
 * operations do one after the other, element by element, rounded as there.
 *
 * <p>Sums have 64 accumulators, as in {@link FloatBlocks}.
 */
final class NormLoops {
  private static final boolean VECTOR = Lanes.isVector();

  private NormLoops() {}

  /** {@code y = ((x - m) r) w + b}. */
  static void normalize(
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
    int done = VECTOR ? NormVectorLoops.normalize(x, xo, m, r, w, wo, b, bo, y, yo, n) : 0;
    for (int p = done; p < n; p++) {
      y[yo + p] = ((x[xo + p] - m) * r) * w[wo + p] + b[bo + p];
    }
  }

  /** The sums of {@code g w} and of {@code (g w) ((x - m) r)}, into the first of two arrays. */
  static void slopes(
      float[] g, int go, float[] x, int xo, float m, float r, float[] w, int wo, int n, Sums s) {
    s.clear();
    int done = 0;
    if (VECTOR) {
      done = n & -64;
      NormVectorLoops.slopes(g, go, x, xo, m, r, w, wo, done, s);
    }
    for (int p = done; p < n; p++) {
      float k = g[go + p] * w[wo + p];
      s.first[p & 63] += k;
      s.second[p & 63] += k * ((x[xo + p] - m) * r);
    }
  }

  /** The accumulators of two sums. */
  static final class Sums {
    final float[] first = new float[64];
    final float[] second = new float[64];

    private void clear() {
      java.util.Arrays.fill(first, 0);
      java.util.Arrays.fill(second, 0);
    }
  }

  /** {@code to = (((g w) - mean) - ((x - m) r) slope) r}. */
  static void gradient(
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
    int done =
        VECTOR ? NormVectorLoops.gradient(g, go, x, xo, m, r, w, wo, mean, slope, to, o, n) : 0;
    for (int p = done; p < n; p++) {
      float h = (x[xo + p] - m) * r;
      to[o + p] = ((g[go + p] * w[wo + p] - mean) - h * slope) * r;
    }
  }

  /** {@code sums += g ((x - m) r)}, element by element. */
  static void addProducts(
      float[] g, int go, float[] x, int xo, float m, float r, float[] sums, int n) {
    int done = VECTOR ? NormVectorLoops.addProducts(g, go, x, xo, m, r, sums, n) : 0;
    for (int p = done; p < n; p++) {
      sums[p] += g[go + p] * ((x[xo + p] - m) * r);
    }
  }
}
