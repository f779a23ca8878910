package io.gradus.backend.cpu.lanes;

import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorShuffle;

/**
 * What loops need in which numbers of 32 and of 64 bits meet: half as many of the latter fill a
 * vector, and conversions between vectors of one length leave the second half alone.
 */
final class LaneHalves {
  private static final int HALF = LaneSpecies.I64.length();

  /** Bring the second half to the front. */
  static final VectorShuffle<Float> F32_SECOND = VectorShuffle.iota(LaneSpecies.F32, HALF, 1, true);

  static final VectorShuffle<Integer> I32_SECOND =
      VectorShuffle.iota(LaneSpecies.I32, HALF, 1, true);

  /** Takes the first halves of two vectors. */
  static final IntVector FIRSTS = firsts();

  private LaneHalves() {}

  private static IntVector firsts() {
    IntVector place = IntVector.zero(LaneSpecies.I32).addIndex(1);
    return place.add(HALF, place.compare(VectorOperators.GE, HALF));
  }
}
