package io.gradus.backend.cpu.lanes;

import jdk.incubator.vector.VectorShape;

/**
 * How long the vectors of the loops are; touched only where the Vector API is there. Apart from
 * {@link LaneSpecies}, since species take 30 ms to make and are not needed to decide.
 */
final class LaneShapes {
  static final VectorShape FULL = fullShape();

  private static final int FEWEST_BITS = 128;

  private LaneShapes() {}

  /** The platform's preferred shape, or the width in bits that a property asks for. */
  private static VectorShape fullShape() {
    Integer bits = Integer.getInteger("gradus.lanes.bits");
    return bits == null ? VectorShape.preferredShape() : VectorShape.forBitSize(bits);
  }

  /** Why the preferred shape cannot carry the loops, or the empty string. */
  static String objection() {
    int bits = FULL.vectorBitSize();
    return bits < FEWEST_BITS ? "vectors of " + bits + " bits are too short" : "";
  }
}
