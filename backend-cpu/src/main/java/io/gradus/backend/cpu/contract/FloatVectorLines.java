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
 * <p>Eight lines of f64, eight of f32 if there are no more, and sixteen of f32 are shuffled in
 * registers.
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
    boolean sixteens = CHOOSES && V == 16 && lines % 16 == 0;
    int step = BLOCK / lines;
    for (int p = 0; p < end; p += step) {
      int count = Math.min(step, end - p);
      if (eights) {
        for (int j = 0; j < lines; j += 8) {
          eight(a, from + j * ld + p, ld, count, to, o + p * lines + j, lines);
        }
      } else if (sixteens) {
        for (int j = 0; j < lines; j += 16) {
          sixteen(a, from + j * ld + p, ld, count, to, o + p * lines + j, lines);
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

  /** As {@link #eight}, sixteen lines where a vector holds a number of each. */
  private static void sixteen(float[] a, int from, int ld, int n, float[] to, int o, int lines) {
    for (int p = from; p < from + n; p += V) {
      FloatVector a0 = FloatVector.fromArray(S, a, p);
      FloatVector a1 = FloatVector.fromArray(S, a, p + ld);
      FloatVector a2 = FloatVector.fromArray(S, a, p + 2 * ld);
      FloatVector a3 = FloatVector.fromArray(S, a, p + 3 * ld);
      FloatVector a4 = FloatVector.fromArray(S, a, p + 4 * ld);
      FloatVector a5 = FloatVector.fromArray(S, a, p + 5 * ld);
      FloatVector a6 = FloatVector.fromArray(S, a, p + 6 * ld);
      FloatVector a7 = FloatVector.fromArray(S, a, p + 7 * ld);
      FloatVector a8 = FloatVector.fromArray(S, a, p + 8 * ld);
      FloatVector a9 = FloatVector.fromArray(S, a, p + 9 * ld);
      FloatVector a10 = FloatVector.fromArray(S, a, p + 10 * ld);
      FloatVector a11 = FloatVector.fromArray(S, a, p + 11 * ld);
      FloatVector a12 = FloatVector.fromArray(S, a, p + 12 * ld);
      FloatVector a13 = FloatVector.fromArray(S, a, p + 13 * ld);
      FloatVector a14 = FloatVector.fromArray(S, a, p + 14 * ld);
      FloatVector a15 = FloatVector.fromArray(S, a, p + 15 * ld);
      FloatVector b0 = LOW.selectFrom(a0, a8);
      FloatVector b1 = HIGH.selectFrom(a0, a8);
      FloatVector b2 = LOW.selectFrom(a1, a9);
      FloatVector b3 = HIGH.selectFrom(a1, a9);
      FloatVector b4 = LOW.selectFrom(a2, a10);
      FloatVector b5 = HIGH.selectFrom(a2, a10);
      FloatVector b6 = LOW.selectFrom(a3, a11);
      FloatVector b7 = HIGH.selectFrom(a3, a11);
      FloatVector b8 = LOW.selectFrom(a4, a12);
      FloatVector b9 = HIGH.selectFrom(a4, a12);
      FloatVector b10 = LOW.selectFrom(a5, a13);
      FloatVector b11 = HIGH.selectFrom(a5, a13);
      FloatVector b12 = LOW.selectFrom(a6, a14);
      FloatVector b13 = HIGH.selectFrom(a6, a14);
      FloatVector b14 = LOW.selectFrom(a7, a15);
      FloatVector b15 = HIGH.selectFrom(a7, a15);
      FloatVector c0 = LOW.selectFrom(b0, b8);
      FloatVector c1 = HIGH.selectFrom(b0, b8);
      FloatVector c2 = LOW.selectFrom(b1, b9);
      FloatVector c3 = HIGH.selectFrom(b1, b9);
      FloatVector c4 = LOW.selectFrom(b2, b10);
      FloatVector c5 = HIGH.selectFrom(b2, b10);
      FloatVector c6 = LOW.selectFrom(b3, b11);
      FloatVector c7 = HIGH.selectFrom(b3, b11);
      FloatVector c8 = LOW.selectFrom(b4, b12);
      FloatVector c9 = HIGH.selectFrom(b4, b12);
      FloatVector c10 = LOW.selectFrom(b5, b13);
      FloatVector c11 = HIGH.selectFrom(b5, b13);
      FloatVector c12 = LOW.selectFrom(b6, b14);
      FloatVector c13 = HIGH.selectFrom(b6, b14);
      FloatVector c14 = LOW.selectFrom(b7, b15);
      FloatVector c15 = HIGH.selectFrom(b7, b15);
      FloatVector d0 = LOW.selectFrom(c0, c8);
      FloatVector d1 = HIGH.selectFrom(c0, c8);
      FloatVector d2 = LOW.selectFrom(c1, c9);
      FloatVector d3 = HIGH.selectFrom(c1, c9);
      FloatVector d4 = LOW.selectFrom(c2, c10);
      FloatVector d5 = HIGH.selectFrom(c2, c10);
      FloatVector d6 = LOW.selectFrom(c3, c11);
      FloatVector d7 = HIGH.selectFrom(c3, c11);
      FloatVector d8 = LOW.selectFrom(c4, c12);
      FloatVector d9 = HIGH.selectFrom(c4, c12);
      FloatVector d10 = LOW.selectFrom(c5, c13);
      FloatVector d11 = HIGH.selectFrom(c5, c13);
      FloatVector d12 = LOW.selectFrom(c6, c14);
      FloatVector d13 = HIGH.selectFrom(c6, c14);
      FloatVector d14 = LOW.selectFrom(c7, c15);
      FloatVector d15 = HIGH.selectFrom(c7, c15);
      int q = o + (p - from) * lines;
      LOW.selectFrom(d0, d8).intoArray(to, q);
      HIGH.selectFrom(d0, d8).intoArray(to, q + lines);
      LOW.selectFrom(d1, d9).intoArray(to, q + 2 * lines);
      HIGH.selectFrom(d1, d9).intoArray(to, q + 3 * lines);
      LOW.selectFrom(d2, d10).intoArray(to, q + 4 * lines);
      HIGH.selectFrom(d2, d10).intoArray(to, q + 5 * lines);
      LOW.selectFrom(d3, d11).intoArray(to, q + 6 * lines);
      HIGH.selectFrom(d3, d11).intoArray(to, q + 7 * lines);
      LOW.selectFrom(d4, d12).intoArray(to, q + 8 * lines);
      HIGH.selectFrom(d4, d12).intoArray(to, q + 9 * lines);
      LOW.selectFrom(d5, d13).intoArray(to, q + 10 * lines);
      HIGH.selectFrom(d5, d13).intoArray(to, q + 11 * lines);
      LOW.selectFrom(d6, d14).intoArray(to, q + 12 * lines);
      HIGH.selectFrom(d6, d14).intoArray(to, q + 13 * lines);
      LOW.selectFrom(d7, d15).intoArray(to, q + 14 * lines);
      HIGH.selectFrom(d7, d15).intoArray(to, q + 15 * lines);
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
