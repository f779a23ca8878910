package io.gradus.backend.cpu.lanes;

import jdk.incubator.vector.VectorShape;
import jdk.incubator.vector.VectorSpecies;

/** The vectors of the loops; touched only where the Vector API is there. */
final class LaneSpecies {
  private static final VectorShape FULL = LaneShapes.FULL;
  private static final VectorShape HALF = LaneShapes.HALF;

  static final VectorSpecies<Float> F32 = VectorSpecies.of(float.class, FULL);
  static final VectorSpecies<Double> F64 = VectorSpecies.of(double.class, FULL);
  static final VectorSpecies<Integer> I32 = VectorSpecies.of(int.class, FULL);
  static final VectorSpecies<Long> I64 = VectorSpecies.of(long.class, FULL);

  /** As many numbers as a full vector of 64-bit ones. */
  static final VectorSpecies<Float> F32_HALF = VectorSpecies.of(float.class, HALF);

  static final VectorSpecies<Integer> I32_HALF = VectorSpecies.of(int.class, HALF);

  private LaneSpecies() {}
}
