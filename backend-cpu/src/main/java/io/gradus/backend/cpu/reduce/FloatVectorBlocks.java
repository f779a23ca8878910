package io.gradus.backend.cpu.reduce;

import static jdk.incubator.vector.FloatVector.fromArray;
import static jdk.incubator.vector.VectorOperators.ASHR;
import static jdk.incubator.vector.VectorOperators.UMAX;
import static jdk.incubator.vector.VectorOperators.XOR;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/** The loops of {@link FloatBlocks} on Vector API lanes; loaded only where the module is there. */
final class FloatVectorBlocks {
  private static final VectorSpecies<Float> S = FloatVector.SPECIES_PREFERRED;
  private static final int V = S.length();
  private static final int SIGN = Integer.SIZE - 1;

  private FloatVectorBlocks() {}

  /** {@code sums[j]} becomes the sum of the elements p with p mod 64 = j; n is a multiple of 64. */
  static void sum(float[] a, int o, int n, float[] sums) {
    int step = Steps.unknown(64);
    int end = o + n;
    if (V == 16) {
      FloatVector s0 = FloatVector.zero(S);
      FloatVector s1 = s0;
      FloatVector s2 = s0;
      FloatVector s3 = s0;
      for (int p = o; p < end; p += step) {
        s0 = s0.add(fromArray(S, a, p));
        s1 = s1.add(fromArray(S, a, p + 16));
        s2 = s2.add(fromArray(S, a, p + 32));
        s3 = s3.add(fromArray(S, a, p + 48));
      }
      s0.intoArray(sums, 0);
      s1.intoArray(sums, 16);
      s2.intoArray(sums, 32);
      s3.intoArray(sums, 48);
    } else if (V == 8) {
      sum8(a, o, end, sums);
    } else {
      for (int j = 0; j < 64; j += V) {
        FloatVector s = FloatVector.zero(S);
        for (int p = o + j; p < end; p += step) {
          s = s.add(fromArray(S, a, p));
        }
        s.intoArray(sums, j);
      }
    }
  }

  /** The sum of n elements, a multiple of 64, added as {@link FloatBlocks#sum} says. */
  static double sum(float[] a, int o, int n) {
    int step = Steps.unknown(64);
    if (V != 16) {
      float[] sums = new float[64];
      sum(a, o, n, sums);
      return FloatBlocks.total(sums);
    }
    float[] sums = new float[16];
    int end = o + n;
    FloatVector s0 = FloatVector.zero(S);
    FloatVector s1 = s0;
    FloatVector s2 = s0;
    FloatVector s3 = s0;
    for (int p = o; p < end; p += step) {
      s0 = s0.add(fromArray(S, a, p));
      s1 = s1.add(fromArray(S, a, p + 16));
      s2 = s2.add(fromArray(S, a, p + 32));
      s3 = s3.add(fromArray(S, a, p + 48));
    }
    s0.add(s2).add(s1.add(s3)).intoArray(sums, 0);
    return FloatBlocks.total16(sums, 0);
  }

  /** Adds the second half of 64 accumulators to the first, and the second quarter to the first. */
  static void fold(float[] sums, int from) {
    for (int half = 32; half >= 16; half >>= 1) {
      for (int j = from; j < from + half; j += V) {
        fromArray(S, sums, j).add(fromArray(S, sums, j + half)).intoArray(sums, j);
      }
    }
  }

  /** As {@link #sum(float[], int, int, float[])} of the rounded products of two arrays. */
  static void sumOfProducts(float[] a, int ao, float[] b, int bo, int n, float[] sums) {
    int step = Steps.unknown(64);
    if (V == 16) {
      FloatVector s0 = FloatVector.zero(S);
      FloatVector s1 = s0;
      FloatVector s2 = s0;
      FloatVector s3 = s0;
      for (int p = 0; p < n; p += step) {
        s0 = s0.add(fromArray(S, a, ao + p).mul(fromArray(S, b, bo + p)));
        s1 = s1.add(fromArray(S, a, ao + p + 16).mul(fromArray(S, b, bo + p + 16)));
        s2 = s2.add(fromArray(S, a, ao + p + 32).mul(fromArray(S, b, bo + p + 32)));
        s3 = s3.add(fromArray(S, a, ao + p + 48).mul(fromArray(S, b, bo + p + 48)));
      }
      s0.intoArray(sums, 0);
      s1.intoArray(sums, 16);
      s2.intoArray(sums, 32);
      s3.intoArray(sums, 48);
    } else {
      for (int j = 0; j < 64; j += V) {
        FloatVector s = FloatVector.zero(S);
        for (int p = j; p < n; p += step) {
          s = s.add(fromArray(S, a, ao + p).mul(fromArray(S, b, bo + p)));
        }
        s.intoArray(sums, j);
      }
    }
  }

  /** {@code sums[j]} becomes that of {@code (a - center)^2} over p mod 64 = j. */
  static void sumOfSquares(float[] a, int o, float center, int n, float[] sums) {
    int step = Steps.unknown(64);
    FloatVector c = FloatVector.broadcast(S, center);
    for (int j = 0; j < 64; j += 4 * V) {
      FloatVector s0 = FloatVector.zero(S);
      FloatVector s1 = s0;
      FloatVector s2 = s0;
      FloatVector s3 = s0;
      for (int p = o + j; p < o + n; p += step) {
        FloatVector d0 = fromArray(S, a, p).sub(c);
        FloatVector d1 = fromArray(S, a, p + V).sub(c);
        FloatVector d2 = fromArray(S, a, p + 2 * V).sub(c);
        FloatVector d3 = fromArray(S, a, p + 3 * V).sub(c);
        s0 = s0.add(d0.mul(d0));
        s1 = s1.add(d1.mul(d1));
        s2 = s2.add(d2.mul(d2));
        s3 = s3.add(d3.mul(d3));
      }
      s0.intoArray(sums, j);
      s1.intoArray(sums, j + V);
      s2.intoArray(sums, j + 2 * V);
      s3.intoArray(sums, j + 3 * V);
    }
  }

  /**
   * Twice 64 sums: of the distances from a number, and of their squares. The fewer instructions a
   * vector takes, the further the processor reads ahead: a number from which a vector in memory is
   * subtracted takes one less than the other way round.
   */
  static void spread(float[] a, int o, float center, int n, float[] sums) {
    int step = Steps.unknown(64);
    FloatVector c = FloatVector.broadcast(S, center);
    for (int j = 0; j < 64; j += 4 * V) {
      FloatVector s0 = FloatVector.zero(S);
      FloatVector s1 = s0;
      FloatVector s2 = s0;
      FloatVector s3 = s0;
      FloatVector q0 = s0;
      FloatVector q1 = s0;
      FloatVector q2 = s0;
      FloatVector q3 = s0;
      for (int p = o + j; p < o + n; p += step) {
        FloatVector d0 = c.sub(fromArray(S, a, p));
        FloatVector d1 = c.sub(fromArray(S, a, p + V));
        FloatVector d2 = c.sub(fromArray(S, a, p + 2 * V));
        FloatVector d3 = c.sub(fromArray(S, a, p + 3 * V));
        s0 = s0.add(d0);
        s1 = s1.add(d1);
        s2 = s2.add(d2);
        s3 = s3.add(d3);
        q0 = d0.fma(d0, q0);
        q1 = d1.fma(d1, q1);
        q2 = d2.fma(d2, q2);
        q3 = d3.fma(d3, q3);
      }
      s0.intoArray(sums, j);
      s1.intoArray(sums, j + V);
      s2.intoArray(sums, j + 2 * V);
      s3.intoArray(sums, j + 3 * V);
      q0.intoArray(sums, 64 + j);
      q1.intoArray(sums, 64 + j + V);
      q2.intoArray(sums, 64 + j + 2 * V);
      q3.intoArray(sums, 64 + j + 3 * V);
    }
  }

  /** Adds rows to n sums, whole vectors: four at a time, so that sums are loaded less often. */
  static void addRows(float[] a, int o, int step, int rows, float[] sums, int n) {
    int r = 0;
    for (; r + 4 <= rows; r += 4) {
      int p0 = o + r * step;
      int p1 = p0 + step;
      int p2 = p1 + step;
      int p3 = p2 + step;
      for (int j = 0; j < n; j += V) {
        FloatVector s = fromArray(S, sums, j);
        s = s.add(fromArray(S, a, p0 + j)).add(fromArray(S, a, p1 + j));
        s = s.add(fromArray(S, a, p2 + j)).add(fromArray(S, a, p3 + j));
        s.intoArray(sums, j);
      }
    }
    for (; r < rows; r++) {
      int p = o + r * step;
      for (int j = 0; j < n; j += V) {
        fromArray(S, sums, j).add(fromArray(S, a, p + j)).intoArray(sums, j);
      }
    }
  }

  private static void sum8(float[] a, int o, int end, float[] sums) {
    int step = Steps.unknown(64);
    FloatVector s0 = FloatVector.zero(S);
    FloatVector s1 = s0;
    FloatVector s2 = s0;
    FloatVector s3 = s0;
    FloatVector s4 = s0;
    FloatVector s5 = s0;
    FloatVector s6 = s0;
    FloatVector s7 = s0;
    for (int p = o; p < end; p += step) {
      s0 = s0.add(fromArray(S, a, p));
      s1 = s1.add(fromArray(S, a, p + 8));
      s2 = s2.add(fromArray(S, a, p + 16));
      s3 = s3.add(fromArray(S, a, p + 24));
      s4 = s4.add(fromArray(S, a, p + 32));
      s5 = s5.add(fromArray(S, a, p + 40));
      s6 = s6.add(fromArray(S, a, p + 48));
      s7 = s7.add(fromArray(S, a, p + 56));
    }
    s0.intoArray(sums, 0);
    s1.intoArray(sums, 8);
    s2.intoArray(sums, 16);
    s3.intoArray(sums, 24);
    s4.intoArray(sums, 32);
    s5.intoArray(sums, 40);
    s6.intoArray(sums, 48);
    s7.intoArray(sums, 56);
  }

  /**
   * The largest of n elements, NaN if there is one; n is a multiple of 64.
   *
   * <p>The bits of numbers from 0 on order as integers as the numbers do, and are larger than those
   * of all others: if there is one, and no sum shows that there may be NaN, the largest integer is
   * the largest number. The fewer instructions wait for a vector from memory, the more vectors the
   * processor has on their way.
   */
  static float max(float[] a, int o, int n) {
    int step = Steps.unknown(4 * V);
    IntVector m0 = fromArray(S, a, o).reinterpretAsInts();
    IntVector m1 = m0;
    IntVector m2 = m0;
    IntVector m3 = m0;
    FloatVector s0 = FloatVector.zero(S);
    FloatVector s1 = s0;
    FloatVector s2 = s0;
    FloatVector s3 = s0;
    for (int p = o; p < o + n; p += step) {
      FloatVector x0 = fromArray(S, a, p);
      FloatVector x1 = fromArray(S, a, p + V);
      FloatVector x2 = fromArray(S, a, p + 2 * V);
      FloatVector x3 = fromArray(S, a, p + 3 * V);
      s0 = s0.add(x0);
      s1 = s1.add(x1);
      s2 = s2.add(x2);
      s3 = s3.add(x3);
      m0 = m0.max(x0.reinterpretAsInts());
      m1 = m1.max(x1.reinterpretAsInts());
      m2 = m2.max(x2.reinterpretAsInts());
      m3 = m3.max(x3.reinterpretAsInts());
    }
    var bits = m0.max(m1).max(m2.max(m3)).reduceLanes(VectorOperators.MAX);
    FloatVector s = s0.add(s1).add(s2.add(s3));
    return bits >= 0 && s.eq(s).allTrue() ? Float.intBitsToFloat(bits) : anyExtreme(a, o, n, true);
  }

  /**
   * The smallest of n elements, NaN if there is one; n is a multiple of 64. If there is a number
   * below 0, it is the one whose bits are the largest unsigned integer; else as {@link #max}.
   */
  static float min(float[] a, int o, int n) {
    int step = Steps.unknown(4 * V);
    IntVector m0 = fromArray(S, a, o).reinterpretAsInts();
    IntVector m1 = m0;
    IntVector m2 = m0;
    IntVector m3 = m0;
    FloatVector s0 = FloatVector.zero(S);
    FloatVector s1 = s0;
    FloatVector s2 = s0;
    FloatVector s3 = s0;
    for (int p = o; p < o + n; p += step) {
      FloatVector x0 = fromArray(S, a, p);
      FloatVector x1 = fromArray(S, a, p + V);
      FloatVector x2 = fromArray(S, a, p + 2 * V);
      FloatVector x3 = fromArray(S, a, p + 3 * V);
      s0 = s0.add(x0);
      s1 = s1.add(x1);
      s2 = s2.add(x2);
      s3 = s3.add(x3);
      m0 = m0.lanewise(UMAX, x0.reinterpretAsInts());
      m1 = m1.lanewise(UMAX, x1.reinterpretAsInts());
      m2 = m2.lanewise(UMAX, x2.reinterpretAsInts());
      m3 = m3.lanewise(UMAX, x3.reinterpretAsInts());
    }
    IntVector m = m0.lanewise(UMAX, m1).lanewise(UMAX, m2.lanewise(UMAX, m3));
    var flip = Integer.MIN_VALUE;
    var bits = m.lanewise(XOR, flip).reduceLanes(VectorOperators.MAX) ^ flip;
    FloatVector s = s0.add(s1).add(s2.add(s3));
    return bits < 0 && s.eq(s).allTrue() ? Float.intBitsToFloat(bits) : anyExtreme(a, o, n, false);
  }

  /**
   * Both extremes, in the order of integers: with all but the sign of negative numbers flipped
   * their bits order as the numbers do, -0 before +0 and NaN beyond the infinities. A maximum of
   * numbers takes six instructions that wait for each other.
   */
  private static float anyExtreme(float[] a, int o, int n, boolean largest) {
    int step = Steps.unknown(4 * V);
    IntVector high0 = fromArray(S, a, o).reinterpretAsInts();
    high0 = high0.lanewise(ASHR, SIGN).and(Integer.MAX_VALUE).lanewise(XOR, high0);
    IntVector high1 = high0;
    IntVector low0 = high0;
    IntVector low1 = high0;
    for (int p = o; p < o + n; p += step) {
      IntVector x0 = fromArray(S, a, p).reinterpretAsInts();
      IntVector x1 = fromArray(S, a, p + V).reinterpretAsInts();
      IntVector x2 = fromArray(S, a, p + 2 * V).reinterpretAsInts();
      IntVector x3 = fromArray(S, a, p + 3 * V).reinterpretAsInts();
      x0 = x0.lanewise(ASHR, SIGN).and(Integer.MAX_VALUE).lanewise(XOR, x0);
      x1 = x1.lanewise(ASHR, SIGN).and(Integer.MAX_VALUE).lanewise(XOR, x1);
      x2 = x2.lanewise(ASHR, SIGN).and(Integer.MAX_VALUE).lanewise(XOR, x2);
      x3 = x3.lanewise(ASHR, SIGN).and(Integer.MAX_VALUE).lanewise(XOR, x3);
      high0 = high0.max(x0).max(x2);
      high1 = high1.max(x1).max(x3);
      low0 = low0.min(x0).min(x2);
      low1 = low1.min(x1).min(x3);
    }
    var high = high0.max(high1).reduceLanes(VectorOperators.MAX);
    var low = low0.min(low1).reduceLanes(VectorOperators.MIN);
    var infinity = Float.floatToRawIntBits(Float.POSITIVE_INFINITY);
    if (high > infinity || low < ~infinity) {
      return Float.NaN;
    }
    var bits = largest ? high : low;
    return Float.intBitsToFloat(bits ^ (bits >> SIGN & Integer.MAX_VALUE));
  }

  /** How many elements can be skipped in search of a value, some vectors of the n. */
  static int skip(float[] a, int o, int n, float value) {
    FloatVector sought = FloatVector.broadcast(S, value);
    for (int p = 0; p < n; p += 4 * V) {
      // Masks that live on from one turn of a loop to the next would be objects.
      VectorMask<Float> first = fromArray(S, a, o + p).eq(sought);
      VectorMask<Float> second = fromArray(S, a, o + p + V).eq(sought);
      VectorMask<Float> third = fromArray(S, a, o + p + 2 * V).eq(sought);
      VectorMask<Float> fourth = fromArray(S, a, o + p + 3 * V).eq(sought);
      if (first.or(second).or(third.or(fourth)).anyTrue()) {
        return p;
      }
    }
    return n;
  }
}
