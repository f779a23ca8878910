package io.gradus.backend.cpu.reduce;

import static jdk.incubator.vector.FloatVector.fromArray;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * Sums of many runs of neighbours, each as long as the others, on Vector API lanes; loaded only
 * where the module is there.
 *
 * <p>One method goes through all runs, and what is left to do of the sum of a run is done after the
 * last one: sums of rows of 64 elements were measured to take a third less time, those of rows of a
 * thousand a fifth less.
 */
final class FloatVectorRuns {
  private static final VectorSpecies<Float> S = FloatVector.SPECIES_PREFERRED;
  private static final int V = S.length();

  /** Whether there are loops for vectors of this length. */
  static final boolean IS_THERE = V == 16 || V == 8;

  private FloatVectorRuns() {}

  /**
   * Sums, for each run, of the elements p with p mod 16 = j, with the bits that {@link
   * FloatVectorBlocks#fold} makes of the sums of those with p mod 64 = j.
   *
   * @param length of a run, a multiple of 64
   * @param sums gets 16 a run
   */
  static void sums(float[] a, int o, int length, int count, float[] sums) {
    if (V == 16) {
      sums16(a, o, length, count, sums);
    } else {
      sums8(a, o, length, count, sums);
    }
  }

  private static void sums16(float[] a, int o, int length, int count, float[] sums) {
    int step = Steps.unknown(64);
    for (int r = 0; r < count; r++) {
      FloatVector s0 = FloatVector.zero(S);
      FloatVector s1 = s0;
      FloatVector s2 = s0;
      FloatVector s3 = s0;
      int start = o + r * length;
      int end = start + length;
      for (int p = start; p < end; p += step) {
        s0 = s0.add(fromArray(S, a, p));
        s1 = s1.add(fromArray(S, a, p + 16));
        s2 = s2.add(fromArray(S, a, p + 32));
        s3 = s3.add(fromArray(S, a, p + 48));
      }
      s0.add(s2).add(s1.add(s3)).intoArray(sums, r * 16);
    }
  }

  private static void sums8(float[] a, int o, int length, int count, float[] sums) {
    int step = Steps.unknown(64);
    for (int r = 0; r < count; r++) {
      FloatVector s0 = FloatVector.zero(S);
      FloatVector s1 = s0;
      FloatVector s2 = s0;
      FloatVector s3 = s0;
      FloatVector s4 = s0;
      FloatVector s5 = s0;
      FloatVector s6 = s0;
      FloatVector s7 = s0;
      int start = o + r * length;
      int end = start + length;
      for (int p = start; p < end; p += step) {
        s0 = s0.add(fromArray(S, a, p));
        s1 = s1.add(fromArray(S, a, p + 8));
        s2 = s2.add(fromArray(S, a, p + 16));
        s3 = s3.add(fromArray(S, a, p + 24));
        s4 = s4.add(fromArray(S, a, p + 32));
        s5 = s5.add(fromArray(S, a, p + 40));
        s6 = s6.add(fromArray(S, a, p + 48));
        s7 = s7.add(fromArray(S, a, p + 56));
      }
      s0.add(s4).add(s2.add(s6)).intoArray(sums, r * 16);
      s1.add(s5).add(s3.add(s7)).intoArray(sums, r * 16 + 8);
    }
  }
}
