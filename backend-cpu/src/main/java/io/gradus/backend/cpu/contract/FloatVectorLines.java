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
 *
 * <p>Eight lines of f64, or just eight of f32, are shuffled in registers. Vectors of half the
 * length would do so for more lines of f32; but where a program has vectors of two lengths the
 * compiler no longer knows which of them {@code intoArray} stores, and leaves objects in loops
 * elsewhere.
 */
final class FloatVectorLines {
  private static final VectorSpecies<Float> S = FloatVector.SPECIES_PREFERRED;
  private static final int V = S.length();
  private static final VectorShuffle<Float> ZIP_LOW = VectorShuffle.makeZip(S, 0);
  private static final VectorShuffle<Float> ZIP_HIGH = VectorShuffle.makeZip(S, 1);

  /** Whether one instruction takes any lanes of two vectors: else merging is faster. */
  private static final boolean CHOOSES = S.vectorBitSize() == 512;

  /** The lanes of two vectors that make the first and the second one shuffled. */
  private static final FloatVector LOW = zip(0);

  private static final FloatVector HIGH = zip(V / 2);

  /** Numbers a block, of which two copies stay in the first-level cache. */
  private static final int BLOCK = 2048;

  private static final ThreadLocal<float[]> SCRATCH =
      ThreadLocal.withInitial(() -> new float[BLOCK]);

  private FloatVectorLines() {}

  /** Lanes {@code from}, {@code from + 1} … of two vectors, alternately. */
  private static FloatVector zip(int from) {
    float[] lanes = new float[V];
    for (int i = 0; i < lanes.length; i++) {
      lanes[i] = from + i / 2 + (i & 1) * lanes.length;
    }
    return FloatVector.fromArray(S, lanes, 0);
  }

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
    // A vector of f32 holds two groups of eight, neighbours only if there are no more lines.
    boolean eights = CHOOSES && (lines == 8 || V == 8 && lines % 8 == 0);
    int step = BLOCK / lines;
    for (int p = 0; p < end; p += step) {
      int count = Math.min(step, end - p);
      if (eights) {
        for (int j = 0; j < lines; j += 8) {
          eight(a, from + j * ld + p, ld, count, to, o + p * lines + j, lines);
        }
      } else {
        block(a, from + p, ld, lines, count, to, o + p * lines);
      }
    }
    return end;
  }

  /** Eight lines, as many numbers of each at a time as a vector holds. */
  private static void eight(float[] a, int from, int ld, int n, float[] to, int o, int lines) {
    for (int p = from; p < from + n; p += V) {
      FloatVector a0 = FloatVector.fromArray(S, a, p);
      FloatVector a1 = FloatVector.fromArray(S, a, p + ld);
      FloatVector a2 = FloatVector.fromArray(S, a, p + 2 * ld);
      FloatVector a3 = FloatVector.fromArray(S, a, p + 3 * ld);
      FloatVector a4 = FloatVector.fromArray(S, a, p + 4 * ld);
      FloatVector a5 = FloatVector.fromArray(S, a, p + 5 * ld);
      FloatVector a6 = FloatVector.fromArray(S, a, p + 6 * ld);
      FloatVector a7 = FloatVector.fromArray(S, a, p + 7 * ld);
      FloatVector b0 = LOW.selectFrom(a0, a4);
      FloatVector b1 = HIGH.selectFrom(a0, a4);
      FloatVector b2 = LOW.selectFrom(a1, a5);
      FloatVector b3 = HIGH.selectFrom(a1, a5);
      FloatVector b4 = LOW.selectFrom(a2, a6);
      FloatVector b5 = HIGH.selectFrom(a2, a6);
      FloatVector b6 = LOW.selectFrom(a3, a7);
      FloatVector b7 = HIGH.selectFrom(a3, a7);
      FloatVector c0 = LOW.selectFrom(b0, b4);
      FloatVector c1 = HIGH.selectFrom(b0, b4);
      FloatVector c2 = LOW.selectFrom(b1, b5);
      FloatVector c3 = HIGH.selectFrom(b1, b5);
      FloatVector c4 = LOW.selectFrom(b2, b6);
      FloatVector c5 = HIGH.selectFrom(b2, b6);
      FloatVector c6 = LOW.selectFrom(b3, b7);
      FloatVector c7 = HIGH.selectFrom(b3, b7);
      int q = o + (p - from) * lines;
      int next = V / 8 * lines;
      LOW.selectFrom(c0, c4).intoArray(to, q);
      HIGH.selectFrom(c0, c4).intoArray(to, q + next);
      LOW.selectFrom(c1, c5).intoArray(to, q + 2 * next);
      HIGH.selectFrom(c1, c5).intoArray(to, q + 3 * next);
      LOW.selectFrom(c2, c6).intoArray(to, q + 4 * next);
      HIGH.selectFrom(c2, c6).intoArray(to, q + 5 * next);
      LOW.selectFrom(c3, c7).intoArray(to, q + 6 * next);
      HIGH.selectFrom(c3, c7).intoArray(to, q + 7 * next);
    }
  }

  private static void block(float[] a, int from, int ld, int lines, int n, float[] to, int o) {
    float[] scratch = SCRATCH.get();
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
      x.rearrange(ZIP_LOW, y).intoArray(to, o + 2 * p);
      x.rearrange(ZIP_HIGH, y).intoArray(to, o + 2 * p + V);
    }
  }
}
