package io.gradus.backend.cpu.index;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/** The loop of {@link FloatRows} on Vector API lanes; loaded only where the module is there. */
final class FloatVectorRows {
  private static final VectorSpecies<Float> S = FloatVector.SPECIES_PREFERRED;

  private FloatVectorRows() {}

  /** Adds whole vectors of neighbours and returns how many elements they are. */
  static int add(float[] to, int t, float[] from, int f, int n) {
    int whole = S.loopBound(n);
    for (int i = 0; i < whole; i += S.length()) {
      FloatVector.fromArray(S, to, t + i)
          .add(FloatVector.fromArray(S, from, f + i))
          .intoArray(to, t + i);
    }
    return whole;
  }
}
