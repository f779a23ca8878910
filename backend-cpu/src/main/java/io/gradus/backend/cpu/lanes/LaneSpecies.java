package io.gradus.backend.cpu.lanes;

import jdk.incubator.vector.VectorShape;
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

  private LaneSpecies() {}
}
