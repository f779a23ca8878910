package io.gradus.backend.cpu.sort;

import io.gradus.backend.cpu.lanes.Lanes;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/** Passes quickly over elements that cannot be among the first few. */
final class FloatBound {
  /** Whether there is a quick way. */
  static final boolean QUICK = Lanes.isVector();

  private FloatBound() {}

  /** Loaded only where the module is there. */
  private static final class Vectors {
    private static final VectorSpecies<Float> S = FloatVector.SPECIES_PREFERRED;

    private Vectors() {}

    // Comparisons have to be constants where they are used.

    static int passSmall(float[] a, int from, int end, float bound) {
      int p = from;
      for (; p + 64 <= end; p += 64) {
        VectorMask<Float> all = FloatVector.fromArray(S, a, p).compare(VectorOperators.LE, bound);
        for (int j = S.length(); j < 64; j += S.length()) {
          FloatVector x = FloatVector.fromArray(S, a, p + j);
          all = all.and(x.compare(VectorOperators.LE, bound));
        }
        if (!all.allTrue()) {
          break;
        }
      }
      return p;
    }

    static int passLarge(float[] a, int from, int end, float bound) {
      int p = from;
      for (; p + 64 <= end; p += 64) {
        VectorMask<Float> all = FloatVector.fromArray(S, a, p).compare(VectorOperators.GE, bound);
        for (int j = S.length(); j < 64; j += S.length()) {
          FloatVector x = FloatVector.fromArray(S, a, p + j);
          all = all.and(x.compare(VectorOperators.GE, bound));
        }
        if (!all.allTrue()) {
          break;
        }
      }
      return p;
    }
  }

  /**
   * From where on elements have to be looked at.
   *
   * @param bound the last of the first few found so far; NaN passes over nothing
   */
  static int pass(float[] a, int from, int end, float bound, boolean descending) {
    if (!QUICK) {
      return from;
    }
    return descending
        ? Vectors.passSmall(a, from, end, bound)
        : Vectors.passLarge(a, from, end, bound);
  }
}
