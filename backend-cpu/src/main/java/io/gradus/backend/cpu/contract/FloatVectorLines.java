package io.gradus.backend.cpu.contract;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorShuffle;
import jdk.incubator.vector.VectorSpecies;

/**
 * Interleaves lines of a matrix on Vector API lanes; loaded only where the module is there.
 *
 * <p>2^k lines of n numbers, one after the other, become n groups of 2^k numbers by k perfect
 * shuffles: each merges the first and the second half of all of them alternately, which turns the
 * highest bit of a number's place into the lowest (H. S. Stone, "Parallel Processing with the
 * Perfect Shuffle", 1971).
 */
final class FloatVectorLines {
  private static final VectorSpecies<Float> S = FloatVector.SPECIES_PREFERRED;
  private static final int V = S.length();
  private static final VectorShuffle<Float> LOW = VectorShuffle.makeZip(S, 0);
  private static final VectorShuffle<Float> HIGH = VectorShuffle.makeZip(S, 1);

  /** Numbers a block, of which two copies stay in the first-level cache. */
  private static final int BLOCK = 2048;

  private static final ThreadLocal<float[]> SCRATCH =
      ThreadLocal.withInitial(() -> new float[BLOCK]);

  private FloatVectorLines() {}

  /**
   * Element p of line j goes to {@code to[o + p lines + j]}, for as many p as fill vectors.
   *
   * @param lines a power of two, at least 2 and at most 2048 by the length of a vector
   * @return the number of elements of each line that were written: at most {@code n}
   */
  static int interleave(float[] a, int from, int ld, int lines, int n, float[] to, int o) {
    int end = n - n % V;
    if (end == 0) {
      return 0;
    }
    float[] scratch = SCRATCH.get();
    int step = BLOCK / lines;
    for (int p = 0; p < end; p += step) {
      block(a, from + p, ld, lines, Math.min(step, end - p), to, o + p * lines, scratch);
    }
    return end;
  }

  private static void block(
      float[] a, int from, int ld, int lines, int n, float[] to, int o, float[] scratch) {
    int half = lines / 2;
    int rounds = Integer.numberOfTrailingZeros(lines);
    boolean last = (rounds & 1) == 1; // so that the last round writes to its place
    float[] r = last ? to : scratch;
    int ro = last ? o : 0;
    for (int j = 0; j < half; j++) {
      merge(a, from + j * ld, from + (j + half) * ld, n, r, ro + 2 * j * n);
    }
    for (int round = 1; round < rounds; round++) {
      last = !last;
      float[] x = r;
      int xo = ro;
      r = last ? to : scratch;
      ro = last ? o : 0;
      merge(x, xo, xo + half * n, half * n, r, ro);
    }
  }

  /** n numbers from i on and n from j on, alternately. */
  private static void merge(float[] a, int i, int j, int n, float[] to, int o) {
    for (int p = 0; p < n; p += V) {
      FloatVector x = FloatVector.fromArray(S, a, i + p);
      FloatVector y = FloatVector.fromArray(S, a, j + p);
      x.rearrange(LOW, y).intoArray(to, o + 2 * p);
      x.rearrange(HIGH, y).intoArray(to, o + 2 * p + V);
    }
  }
}
