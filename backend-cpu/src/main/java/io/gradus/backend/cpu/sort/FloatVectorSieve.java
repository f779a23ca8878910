package io.gradus.backend.cpu.sort;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * Finds what may be among the largest few of many numbers, on Vector API lanes; loaded only where
 * the module is there. Numbers are multiplied by a sign first, so that the smallest can be found
 * too. NaN always may be among the few.
 */
final class FloatVectorSieve {
  /** The bits of four masks fit into a long. */
  private static final VectorSpecies<Float> S =
      FloatVector.SPECIES_PREFERRED.length() <= Long.SIZE / 4
          ? FloatVector.SPECIES_PREFERRED
          : FloatVector.SPECIES_512;

  private static final VectorSpecies<Integer> I = S.withLanes(int.class);
  private static final int V = S.length();

  /** The bits of a bound that are settled: more would leave out few numbers more. */
  private static final int LOWEST_BIT = 16;

  private FloatVectorSieve() {}

  /** How many groups {@link #bound} needs to find {@code kept} numbers. */
  static int groups(int kept) {
    return (kept + V - 1) / V * 2 * V;
  }

  /**
   * A number that is not above the last of the {@code kept} largest of {@code sign a[from .. end)}:
   * that many of the largest numbers of some groups reach it. NaN if there is no such bound.
   *
   * @param largest overwritten, {@link #groups} long
   */
  static float bound(float[] a, int from, int end, float sign, int kept, int[] largest) {
    int groups = groups(kept);
    int parts = groups / (2 * V);
    int part = (end - from) / (parts * 4 * V) * 4 * V;
    if (part == 0) {
      return Float.NaN;
    }
    for (int c = 0; c < parts; c++) {
      int begin = from + c * part;
      FloatVector m0 = FloatVector.broadcast(S, Float.NEGATIVE_INFINITY);
      FloatVector m1 = m0;
      FloatVector m2 = m0;
      FloatVector m3 = m0;
      for (int i = begin; i < begin + part; i += 4 * V) {
        FloatVector x0 = FloatVector.fromArray(S, a, i).mul(sign);
        FloatVector x1 = FloatVector.fromArray(S, a, i + V).mul(sign);
        FloatVector x2 = FloatVector.fromArray(S, a, i + 2 * V).mul(sign);
        FloatVector x3 = FloatVector.fromArray(S, a, i + 3 * V).mul(sign);
        m0 = m0.blend(x0, x0.compare(VectorOperators.GT, m0));
        m1 = m1.blend(x1, x1.compare(VectorOperators.GT, m1));
        m2 = m2.blend(x2, x2.compare(VectorOperators.GT, m2));
        m3 = m3.blend(x3, x3.compare(VectorOperators.GT, m3));
      }
      m0 = m0.blend(m2, m2.compare(VectorOperators.GT, m0));
      m1 = m1.blend(m3, m3.compare(VectorOperators.GT, m1));
      // In the order of the numbers as whole numbers.
      IntVector b0 = m0.reinterpretAsInts();
      IntVector b1 = m1.reinterpretAsInts();
      b0.lanewise(VectorOperators.ASHR, 31)
          .and(Integer.MAX_VALUE)
          .lanewise(VectorOperators.XOR, b0)
          .intoArray(largest, c * 2 * V);
      b1.lanewise(VectorOperators.ASHR, 31)
          .and(Integer.MAX_VALUE)
          .lanewise(VectorOperators.XOR, b1)
          .intoArray(largest, c * 2 * V + V);
    }
    int bound = Integer.MIN_VALUE;
    for (int bit = 31; bit >= LOWEST_BIT; bit--) {
      int higher = bound ^ 1 << bit;
      int reach = 0;
      for (int g = 0; g < groups; g += V) {
        reach += IntVector.fromArray(I, largest, g).compare(VectorOperators.GE, higher).trueCount();
      }
      bound = reach >= kept ? higher : bound;
    }
    return Float.intBitsToFloat(bound ^ (bound >> 31) & Integer.MAX_VALUE);
  }

  /**
   * Notes which of {@code sign a[from .. end)} are not below a bound.
   *
   * @return how many
   */
  static int pass(float[] a, int from, int end, float sign, float bound, int[] places) {
    int n = 0;
    int i = from;
    // The bits of several vectors together, since each look at them may be guessed wrong.
    long all = 4 * V == Long.SIZE ? -1 : (1L << 4 * V) - 1;
    for (; i + 4 * V <= end; i += 4 * V) {
      FloatVector x0 = FloatVector.fromArray(S, a, i).mul(sign);
      FloatVector x1 = FloatVector.fromArray(S, a, i + V).mul(sign);
      FloatVector x2 = FloatVector.fromArray(S, a, i + 2 * V).mul(sign);
      FloatVector x3 = FloatVector.fromArray(S, a, i + 3 * V).mul(sign);
      long below =
          x0.compare(VectorOperators.LT, bound).toLong()
              | x1.compare(VectorOperators.LT, bound).toLong() << V
              | x2.compare(VectorOperators.LT, bound).toLong() << 2 * V
              | x3.compare(VectorOperators.LT, bound).toLong() << 3 * V;
      for (long rest = ~below & all; rest != 0; rest &= rest - 1) {
        places[n++] = i + Long.numberOfTrailingZeros(rest);
      }
    }
    for (; i < end; i++) {
      if (!(sign * a[i] < bound)) {
        places[n++] = i;
      }
    }
    return n;
  }
}
