package io.gradus.backend.cpu.reduce;

import static jdk.incubator.vector.FloatVector.fromArray;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/** The loops of {@link FloatBlocks} on Vector API lanes; loaded only where the module is there. */
final class FloatVectorBlocks {
  private static final VectorSpecies<Float> S = FloatVector.SPECIES_PREFERRED;
  private static final int V = S.length();

  private FloatVectorBlocks() {}

  /** {@code sums[j]} becomes the sum of the elements p with p mod 64 = j; n is a multiple of 64. */
  static void sum(float[] a, int o, int n, float[] sums) {
    int end = o + n;
    if (V == 16) {
      FloatVector s0 = FloatVector.zero(S);
      FloatVector s1 = s0;
      FloatVector s2 = s0;
      FloatVector s3 = s0;
      for (int p = o; p < end; p += 64) {
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
        for (int p = o + j; p < end; p += 64) {
          s = s.add(fromArray(S, a, p));
        }
        s.intoArray(sums, j);
      }
    }
  }

  /** The sum of n elements, a multiple of 64, added as {@link FloatBlocks#sum} says. */
  static double sum(float[] a, int o, int n) {
    float[] sums = new float[64];
    if (V != 16) {
      sum(a, o, n, sums);
      return FloatBlocks.total(sums);
    }
    int end = o + n;
    FloatVector s0 = FloatVector.zero(S);
    FloatVector s1 = s0;
    FloatVector s2 = s0;
    FloatVector s3 = s0;
    for (int p = o; p < end; p += 64) {
      s0 = s0.add(fromArray(S, a, p));
      s1 = s1.add(fromArray(S, a, p + 16));
      s2 = s2.add(fromArray(S, a, p + 32));
      s3 = s3.add(fromArray(S, a, p + 48));
    }
    s0.add(s2).add(s1.add(s3)).intoArray(sums, 0);
    return FloatBlocks.total16(sums);
  }

  /** As {@link #sum(float[], int, int, float[])} of the rounded products of two arrays. */
  static void sumOfProducts(float[] a, int ao, float[] b, int bo, int n, float[] sums) {
    if (V == 16) {
      FloatVector s0 = FloatVector.zero(S);
      FloatVector s1 = s0;
      FloatVector s2 = s0;
      FloatVector s3 = s0;
      for (int p = 0; p < n; p += 64) {
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
        for (int p = j; p < n; p += 64) {
          s = s.add(fromArray(S, a, ao + p).mul(fromArray(S, b, bo + p)));
        }
        s.intoArray(sums, j);
      }
    }
  }

  private static void sum8(float[] a, int o, int end, float[] sums) {
    FloatVector s0 = FloatVector.zero(S);
    FloatVector s1 = s0;
    FloatVector s2 = s0;
    FloatVector s3 = s0;
    FloatVector s4 = s0;
    FloatVector s5 = s0;
    FloatVector s6 = s0;
    FloatVector s7 = s0;
    for (int p = o; p < end; p += 64) {
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

  /** The largest of n elements, NaN if there is one; n is a multiple of 64. */
  static float max(float[] a, int o, int n) {
    FloatVector s0 = fromArray(S, a, o);
    FloatVector s1 = s0;
    FloatVector s2 = s0;
    FloatVector s3 = s0;
    for (int p = o; p < o + n; p += 4 * V) {
      s0 = s0.max(fromArray(S, a, p));
      s1 = s1.max(fromArray(S, a, p + V));
      s2 = s2.max(fromArray(S, a, p + 2 * V));
      s3 = s3.max(fromArray(S, a, p + 3 * V));
    }
    return s0.max(s1).max(s2.max(s3)).reduceLanes(VectorOperators.MAX);
  }

  /** The smallest of n elements, NaN if there is one; n is a multiple of 64. */
  static float min(float[] a, int o, int n) {
    FloatVector s0 = fromArray(S, a, o);
    FloatVector s1 = s0;
    FloatVector s2 = s0;
    FloatVector s3 = s0;
    for (int p = o; p < o + n; p += 4 * V) {
      s0 = s0.min(fromArray(S, a, p));
      s1 = s1.min(fromArray(S, a, p + V));
      s2 = s2.min(fromArray(S, a, p + 2 * V));
      s3 = s3.min(fromArray(S, a, p + 3 * V));
    }
    return s0.min(s1).min(s2.min(s3)).reduceLanes(VectorOperators.MIN);
  }

  /** How many elements can be skipped in search of a value, a whole number of 64. */
  static int skip(float[] a, int o, int n, float value) {
    for (int p = 0; p < n; p += 64) {
      VectorMask<Float> found = fromArray(S, a, o + p).eq(value);
      for (int j = V; j < 64; j += V) {
        found = found.or(fromArray(S, a, o + p + j).eq(value));
      }
      if (found.anyTrue()) {
        return p;
      }
    }
    return n;
  }
}
