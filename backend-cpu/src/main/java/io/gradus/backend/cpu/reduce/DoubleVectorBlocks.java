package io.gradus.backend.cpu.reduce;

import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorSpecies;

/** The loops of {@link DoubleBlocks} on Vector API lanes; loaded only where the module is there. */
final class DoubleVectorBlocks {
  private static final VectorSpecies<Double> S = DoubleVector.SPECIES_PREFERRED;
  private static final int V = S.length();

  private DoubleVectorBlocks() {}

  private static DoubleVector at(double[] a, int i) {
    return DoubleVector.fromArray(S, a, i);
  }

  /** {@code sums[j]} becomes the sum of the elements p with p mod 64 = j; n is a multiple of 64. */
  static void sum(double[] a, int o, int n, double[] sums) {
    int end = o + n;
    if (V == 8) {
      sum8(a, o, end, sums);
    } else {
      for (int j = 0; j < 64; j += V) {
        DoubleVector s = DoubleVector.zero(S);
        for (int p = o + j; p < end; p += 64) {
          s = s.add(at(a, p));
        }
        s.intoArray(sums, j);
      }
    }
  }

  private static void sum8(double[] a, int o, int end, double[] sums) {
    DoubleVector s0 = DoubleVector.zero(S);
    DoubleVector s1 = s0;
    DoubleVector s2 = s0;
    DoubleVector s3 = s0;
    DoubleVector s4 = s0;
    DoubleVector s5 = s0;
    DoubleVector s6 = s0;
    DoubleVector s7 = s0;
    for (int p = o; p < end; p += 64) {
      s0 = s0.add(at(a, p));
      s1 = s1.add(at(a, p + 8));
      s2 = s2.add(at(a, p + 16));
      s3 = s3.add(at(a, p + 24));
      s4 = s4.add(at(a, p + 32));
      s5 = s5.add(at(a, p + 40));
      s6 = s6.add(at(a, p + 48));
      s7 = s7.add(at(a, p + 56));
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

  /** The largest of n elements, NaN if there is one; n is a multiple of 64. */
  static double max(double[] a, int o, int n) {
    DoubleVector s0 = at(a, o);
    DoubleVector s1 = s0;
    for (int p = o; p < o + n; p += 2 * V) {
      s0 = s0.max(at(a, p));
      s1 = s1.max(at(a, p + V));
    }
    return s0.max(s1).reduceLanes(jdk.incubator.vector.VectorOperators.MAX);
  }

  /** The smallest of n elements, NaN if there is one; n is a multiple of 64. */
  static double min(double[] a, int o, int n) {
    DoubleVector s0 = at(a, o);
    DoubleVector s1 = s0;
    for (int p = o; p < o + n; p += 2 * V) {
      s0 = s0.min(at(a, p));
      s1 = s1.min(at(a, p + V));
    }
    return s0.min(s1).reduceLanes(jdk.incubator.vector.VectorOperators.MIN);
  }

  /** How many elements can be skipped in search of a value, a whole number of 64. */
  static int skip(double[] a, int o, int n, double value) {
    for (int p = 0; p < n; p += 64) {
      VectorMask<Double> found = at(a, o + p).eq(value);
      for (int j = V; j < 64; j += V) {
        found = found.or(at(a, o + p + j).eq(value));
      }
      if (found.anyTrue()) {
        return p;
      }
    }
    return n;
  }
}
