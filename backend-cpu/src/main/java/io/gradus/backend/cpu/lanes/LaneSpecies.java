package io.gradus.backend.cpu.lanes;

import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorShape;
import jdk.incubator.vector.VectorShuffle;
import jdk.incubator.vector.VectorSpecies;

/**
 * The vectors of the loops; touched only where the Vector API is there.
 *
 * <p>All have one length: the JVM compiles {@code intoArray} and its like by what kinds of vectors
 * came through them anywhere in a program, and where there are two, vectors become objects in loops
 * that have nothing to do with either.
 */
final class LaneSpecies {
  private static final VectorShape FULL = LaneShapes.FULL;

  static final VectorSpecies<Float> F32 = VectorSpecies.of(float.class, FULL);
  static final VectorSpecies<Double> F64 = VectorSpecies.of(double.class, FULL);
  static final VectorSpecies<Integer> I32 = VectorSpecies.of(int.class, FULL);
  static final VectorSpecies<Long> I64 = VectorSpecies.of(long.class, FULL);

  /** Brings the second half of a vector to the front, where half a vector is converted from. */
  static final VectorShuffle<Float> F32_SECOND_HALF =
      VectorShuffle.iota(F32, F64.length(), 1, true);

  static final VectorShuffle<Integer> I32_SECOND_HALF =
      VectorShuffle.iota(I32, F64.length(), 1, true);

  /** Takes the first halves of two vectors. */
  static final IntVector FIRST_HALVES = firstHalves();

  private LaneSpecies() {}

  private static IntVector firstHalves() {
    IntVector place = IntVector.zero(I32).addIndex(1);
    return place.add(F64.length(), place.compare(VectorOperators.GE, F64.length()));
  }
}
