package io.gradus.backend.cpu.convolve;

import io.gradus.backend.cpu.lanes.Lanes;

/** The inner loops of a convolution; they take vectors as soon as their loops are compiled. */
final class FloatWindowTiles {
  private static final boolean VECTOR = Lanes.isVector();

  /** Elements of a vector. */
  static final int LANES = VECTOR ? FloatWindowVectorTiles.LANES : FloatWindowScalarTiles.LANES;

  /** Rows of the largest tile: 16 accumulators need the 32 registers of 512-bit vectors. */
  private static final boolean EIGHT = VECTOR && LANES * Float.BYTES == 64;

  /** What sums begin with; reading it spares the tiles a case. */
  private static final float[] NOTHING = new float[2 * LANES];

  private FloatWindowTiles() {}

  /**
   * {@code c[r, j] (+)= sum over p of a[p, r] b[ib + t[p] + j]} for two vectors of j, or one.
   *
   * @param a blocks of four rows, in each p after p; {@code lda} from one block to the next
   * @param rows of the result; up to the next multiple of four more may be written
   */
  static void places(
      float[] a,
      int ia,
      int lda,
      int rows,
      float[] b,
      int ib,
      int[] t,
      int it,
      int k,
      float[] c,
      int ic,
      int ldc,
      boolean wide,
      boolean add) {
    float[] from = add ? c : NOTHING;
    int ld = add ? ldc : 0;
    for (int r = 0; r < rows; ) {
      int block = ia + r / 4 * lda;
      int to = ic + r * ldc;
      if (VECTOR && wide && EIGHT && r + 4 < rows) {
        FloatWindowVectorTiles.eight(
            a, block, block + lda, b, ib, t, it, k, from, add ? to : 0, ld, c, to, ldc);
        r += 8;
        continue;
      }
      if (!VECTOR) {
        int width = wide ? 2 * LANES : LANES;
        int height = Math.min(4, rows - r);
        FloatWindowScalarTiles.places(a, block, height, b, ib, t, it, k, c, to, ldc, width, add);
      } else if (!wide) {
        FloatWindowVectorTiles.narrowFour(
            a, block, b, ib, t, it, k, from, add ? to : 0, ld, c, to, ldc);
      } else if (r + 1 == rows) {
        FloatWindowVectorTiles.one(a, block, b, ib, t, it, k, from, add ? to : 0, c, to);
      } else {
        FloatWindowVectorTiles.four(a, block, b, ib, t, it, k, from, add ? to : 0, ld, c, to, ldc);
      }
      r += 4;
    }
  }

  /** How many places {@link #outputs} works on at a time. */
  static int placesAtOnce(boolean wide) {
    return wide && !EIGHT ? 4 : 8;
  }

  /**
   * {@code c[r, j] (+)= sum over p of a[at[ia + r] + t[p]] b[p, j]} for two vectors of j, or one,
   * and {@link #placesAtOnce} r.
   */
  static void outputs(
      float[] a,
      int[] at,
      int ia,
      int[] t,
      int k,
      float[] b,
      float[] c,
      int ic,
      int ldc,
      boolean wide,
      boolean add) {
    float[] from = add ? c : NOTHING;
    int jc = add ? ic : 0;
    int ld = add ? ldc : 0;
    if (!VECTOR) {
      int width = wide ? 2 * LANES : LANES;
      FloatWindowScalarTiles.outputs(
          a, at, ia, placesAtOnce(wide), t, k, b, c, ic, ldc, width, add);
    } else if (wide && EIGHT) {
      FloatWindowVectorTiles.eightOutputs(a, at, ia, t, k, b, from, jc, ld, c, ic, ldc);
    } else if (wide) {
      FloatWindowVectorTiles.outputs(a, at, ia, t, k, b, from, jc, ld, c, ic, ldc);
    } else {
      FloatWindowVectorTiles.narrowOutputs(a, at, ia, t, k, b, from, jc, ld, c, ic, ldc);
    }
  }
}
