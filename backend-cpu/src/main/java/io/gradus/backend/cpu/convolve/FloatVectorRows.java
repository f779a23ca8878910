package io.gradus.backend.cpu.convolve;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorShuffle;
import jdk.incubator.vector.VectorSpecies;

/**
 * The loops of {@link FloatRows} on Vector API lanes; loaded only where the module is there.
 *
 * <p>The last vector of a row may overlap the one before, which writes the same once more.
 */
final class FloatVectorRows {
  private static final VectorSpecies<Float> S = FloatVector.SPECIES_PREFERRED;
  static final int V = S.length();
  private static final VectorShuffle<Float> EVEN = VectorShuffle.makeUnzip(S, 0);
  private static final VectorShuffle<Float> LOW = VectorShuffle.makeZip(S, 0);
  private static final VectorShuffle<Float> HIGH = VectorShuffle.makeZip(S, 1);

  private FloatVectorRows() {}

  /** Copies rows of {@code n} that lie {@code ld} apart to neighbours; reads a vector too far. */
  static void pack(float[] a, int ia, int ld, int n, int rows, float[] to, int o) {
    int end = o + rows * n;
    int q = o;
    for (int r = 0; r < rows; r++, q += n) {
      int p = ia + r * ld;
      for (int i = 0; i < n; i += V) {
        // What is too much is overwritten by the next row.
        if (q + i + V <= end) {
          FloatVector.fromArray(S, a, p + i).intoArray(to, q + i);
        } else {
          for (int j = i; j < n; j++) {
            to[q + j] = a[p + j];
          }
          break;
        }
      }
    }
  }

  /** {@code to[o + i] = a[from + 2 i]} for {@code n >= V}; reads one element behind the last. */
  static void everySecond(float[] a, int from, int n, float[] to, int o) {
    for (int i = 0; i < n; i += V) {
      int at = Math.min(i, n - V);
      FloatVector x = FloatVector.fromArray(S, a, from + 2 * at);
      FloatVector y = FloatVector.fromArray(S, a, from + 2 * at + V);
      x.rearrange(EVEN, y).intoArray(to, o + at);
    }
  }

  /** {@code to[o + 2 i] = a[ia + i]} and {@code to[o + 2 i + 1] = a[ib + i]} for n >= V. */
  static void alternate(float[] a, int ia, int ib, int n, float[] to, int o) {
    for (int i = 0; i < n; i += V) {
      int at = Math.min(i, n - V);
      FloatVector x = FloatVector.fromArray(S, a, ia + at);
      FloatVector y = FloatVector.fromArray(S, a, ib + at);
      x.rearrange(LOW, y).intoArray(to, o + 2 * at);
      x.rearrange(HIGH, y).intoArray(to, o + 2 * at + V);
    }
  }
}
