package io.gradus.backend.cpu.contract;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorShuffle;
import jdk.incubator.vector.VectorSpecies;

/**
 * Interleaves lines of a matrix on Vector API lanes; loaded only where the module is there.
 *
 * <p>2^k lines of n numbers, one after the other, become n groups of 2^k numbers by k perfect
 * shuffles: each merges the first and the second half of all of them alternately, which turns the
 * highest bit of a number's place into the lowest (H. S. Stone, "Parallel Processing with the
 * Perfect Shuffle", 1971). Vectors of 16 turn squares in registers, in half of the time.
 */
final class FloatVectorLines {
  private static final VectorSpecies<Float> S = FloatVector.SPECIES_PREFERRED;
  private static final int V = S.length();
  private static final VectorShuffle<Float> LOW = VectorShuffle.makeZip(S, 0);
  private static final VectorShuffle<Float> HIGH = VectorShuffle.makeZip(S, 1);

  /** Lane i from lane i xor 8, 4, 2, 1; and the lanes whose number has that bit. */
  private static final VectorShuffle<Float> SWAP8 = VectorShuffle.fromOp(S, i -> i ^ (8 & (V - 1)));

  private static final VectorShuffle<Float> SWAP4 = VectorShuffle.fromOp(S, i -> i ^ (4 & (V - 1)));
  private static final VectorShuffle<Float> SWAP2 = VectorShuffle.fromOp(S, i -> i ^ (2 & (V - 1)));
  private static final VectorShuffle<Float> SWAP1 = VectorShuffle.fromOp(S, i -> i ^ (1 & (V - 1)));
  private static final VectorMask<Float> ODD8 = VectorMask.fromLong(S, 0xff00);
  private static final VectorMask<Float> ODD4 = VectorMask.fromLong(S, 0xf0f0);
  private static final VectorMask<Float> ODD2 = VectorMask.fromLong(S, 0xcccc);
  private static final VectorMask<Float> ODD1 = VectorMask.fromLong(S, 0xaaaa);

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
    if (V == 16 && lines % 16 == 0) {
      squares(a, from, ld, lines, end, to, o);
      return end;
    }
    float[] scratch = SCRATCH.get();
    int step = BLOCK / lines;
    for (int p = 0; p < end; p += step) {
      block(a, from + p, ld, lines, Math.min(step, end - p), to, o + p * lines, scratch);
    }
    return end;
  }

  /** The same for multiples of 16 lines and elements, and vectors of 16. */
  private static void squares(float[] a, int from, int ld, int lines, int n, float[] to, int o) {
    for (int p = 0; p < n; p += 16) {
      for (int j = 0; j < lines; j += 16) {
        square(a, from + j * ld + p, ld, to, o + p * lines + j, lines);
      }
    }
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

  /**
   * Turns 16 lines of 16 numbers: in each of four rounds the squares of half the size that lie
   * aside of the diagonal change places, within those that the round before has left.
   */
  private static void square(float[] a, int from, int ld, float[] to, int o, int step) {
    FloatVector a0 = FloatVector.fromArray(S, a, from);
    FloatVector a1 = FloatVector.fromArray(S, a, from + ld);
    FloatVector a2 = FloatVector.fromArray(S, a, from + 2 * ld);
    FloatVector a3 = FloatVector.fromArray(S, a, from + 3 * ld);
    FloatVector a4 = FloatVector.fromArray(S, a, from + 4 * ld);
    FloatVector a5 = FloatVector.fromArray(S, a, from + 5 * ld);
    FloatVector a6 = FloatVector.fromArray(S, a, from + 6 * ld);
    FloatVector a7 = FloatVector.fromArray(S, a, from + 7 * ld);
    FloatVector a8 = FloatVector.fromArray(S, a, from + 8 * ld);
    FloatVector a9 = FloatVector.fromArray(S, a, from + 9 * ld);
    FloatVector a10 = FloatVector.fromArray(S, a, from + 10 * ld);
    FloatVector a11 = FloatVector.fromArray(S, a, from + 11 * ld);
    FloatVector a12 = FloatVector.fromArray(S, a, from + 12 * ld);
    FloatVector a13 = FloatVector.fromArray(S, a, from + 13 * ld);
    FloatVector a14 = FloatVector.fromArray(S, a, from + 14 * ld);
    FloatVector a15 = FloatVector.fromArray(S, a, from + 15 * ld);
    FloatVector b0 = a0.blend(a8.rearrange(SWAP8), ODD8);
    FloatVector b8 = a0.rearrange(SWAP8).blend(a8, ODD8);
    FloatVector b1 = a1.blend(a9.rearrange(SWAP8), ODD8);
    FloatVector b9 = a1.rearrange(SWAP8).blend(a9, ODD8);
    FloatVector b2 = a2.blend(a10.rearrange(SWAP8), ODD8);
    FloatVector b10 = a2.rearrange(SWAP8).blend(a10, ODD8);
    FloatVector b3 = a3.blend(a11.rearrange(SWAP8), ODD8);
    FloatVector b11 = a3.rearrange(SWAP8).blend(a11, ODD8);
    FloatVector b4 = a4.blend(a12.rearrange(SWAP8), ODD8);
    FloatVector b12 = a4.rearrange(SWAP8).blend(a12, ODD8);
    FloatVector b5 = a5.blend(a13.rearrange(SWAP8), ODD8);
    FloatVector b13 = a5.rearrange(SWAP8).blend(a13, ODD8);
    FloatVector b6 = a6.blend(a14.rearrange(SWAP8), ODD8);
    FloatVector b14 = a6.rearrange(SWAP8).blend(a14, ODD8);
    FloatVector b7 = a7.blend(a15.rearrange(SWAP8), ODD8);
    FloatVector b15 = a7.rearrange(SWAP8).blend(a15, ODD8);
    FloatVector c0 = b0.blend(b4.rearrange(SWAP4), ODD4);
    FloatVector c4 = b0.rearrange(SWAP4).blend(b4, ODD4);
    FloatVector c1 = b1.blend(b5.rearrange(SWAP4), ODD4);
    FloatVector c5 = b1.rearrange(SWAP4).blend(b5, ODD4);
    FloatVector c2 = b2.blend(b6.rearrange(SWAP4), ODD4);
    FloatVector c6 = b2.rearrange(SWAP4).blend(b6, ODD4);
    FloatVector c3 = b3.blend(b7.rearrange(SWAP4), ODD4);
    FloatVector c7 = b3.rearrange(SWAP4).blend(b7, ODD4);
    FloatVector c8 = b8.blend(b12.rearrange(SWAP4), ODD4);
    FloatVector c12 = b8.rearrange(SWAP4).blend(b12, ODD4);
    FloatVector c9 = b9.blend(b13.rearrange(SWAP4), ODD4);
    FloatVector c13 = b9.rearrange(SWAP4).blend(b13, ODD4);
    FloatVector c10 = b10.blend(b14.rearrange(SWAP4), ODD4);
    FloatVector c14 = b10.rearrange(SWAP4).blend(b14, ODD4);
    FloatVector c11 = b11.blend(b15.rearrange(SWAP4), ODD4);
    FloatVector c15 = b11.rearrange(SWAP4).blend(b15, ODD4);
    FloatVector d0 = c0.blend(c2.rearrange(SWAP2), ODD2);
    FloatVector d2 = c0.rearrange(SWAP2).blend(c2, ODD2);
    FloatVector d1 = c1.blend(c3.rearrange(SWAP2), ODD2);
    FloatVector d3 = c1.rearrange(SWAP2).blend(c3, ODD2);
    FloatVector d4 = c4.blend(c6.rearrange(SWAP2), ODD2);
    FloatVector d6 = c4.rearrange(SWAP2).blend(c6, ODD2);
    FloatVector d5 = c5.blend(c7.rearrange(SWAP2), ODD2);
    FloatVector d7 = c5.rearrange(SWAP2).blend(c7, ODD2);
    FloatVector d8 = c8.blend(c10.rearrange(SWAP2), ODD2);
    FloatVector d10 = c8.rearrange(SWAP2).blend(c10, ODD2);
    FloatVector d9 = c9.blend(c11.rearrange(SWAP2), ODD2);
    FloatVector d11 = c9.rearrange(SWAP2).blend(c11, ODD2);
    FloatVector d12 = c12.blend(c14.rearrange(SWAP2), ODD2);
    FloatVector d14 = c12.rearrange(SWAP2).blend(c14, ODD2);
    FloatVector d13 = c13.blend(c15.rearrange(SWAP2), ODD2);
    FloatVector d15 = c13.rearrange(SWAP2).blend(c15, ODD2);
    FloatVector e0 = d0.blend(d1.rearrange(SWAP1), ODD1);
    FloatVector e1 = d0.rearrange(SWAP1).blend(d1, ODD1);
    FloatVector e2 = d2.blend(d3.rearrange(SWAP1), ODD1);
    FloatVector e3 = d2.rearrange(SWAP1).blend(d3, ODD1);
    FloatVector e4 = d4.blend(d5.rearrange(SWAP1), ODD1);
    FloatVector e5 = d4.rearrange(SWAP1).blend(d5, ODD1);
    FloatVector e6 = d6.blend(d7.rearrange(SWAP1), ODD1);
    FloatVector e7 = d6.rearrange(SWAP1).blend(d7, ODD1);
    FloatVector e8 = d8.blend(d9.rearrange(SWAP1), ODD1);
    FloatVector e9 = d8.rearrange(SWAP1).blend(d9, ODD1);
    FloatVector e10 = d10.blend(d11.rearrange(SWAP1), ODD1);
    FloatVector e11 = d10.rearrange(SWAP1).blend(d11, ODD1);
    FloatVector e12 = d12.blend(d13.rearrange(SWAP1), ODD1);
    FloatVector e13 = d12.rearrange(SWAP1).blend(d13, ODD1);
    FloatVector e14 = d14.blend(d15.rearrange(SWAP1), ODD1);
    FloatVector e15 = d14.rearrange(SWAP1).blend(d15, ODD1);
    e0.intoArray(to, o);
    e1.intoArray(to, o + step);
    e2.intoArray(to, o + 2 * step);
    e3.intoArray(to, o + 3 * step);
    e4.intoArray(to, o + 4 * step);
    e5.intoArray(to, o + 5 * step);
    e6.intoArray(to, o + 6 * step);
    e7.intoArray(to, o + 7 * step);
    e8.intoArray(to, o + 8 * step);
    e9.intoArray(to, o + 9 * step);
    e10.intoArray(to, o + 10 * step);
    e11.intoArray(to, o + 11 * step);
    e12.intoArray(to, o + 12 * step);
    e13.intoArray(to, o + 13 * step);
    e14.intoArray(to, o + 14 * step);
    e15.intoArray(to, o + 15 * step);
  }
}
