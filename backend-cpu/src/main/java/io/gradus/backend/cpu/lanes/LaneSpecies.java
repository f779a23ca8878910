package io.gradus.backend.cpu.lanes;

import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.LongVector;
import jdk.incubator.vector.VectorShape;
import jdk.incubator.vector.VectorSpecies;

/** The vector shapes of the loops; touched only where the Vector API is there. */
final class LaneSpecies {
  private static final VectorShape FULL = fullShape();
  private static final VectorShape HALF = VectorShape.forBitSize(FULL.vectorBitSize() / 2);

  static final VectorSpecies<Float> F32 = VectorSpecies.of(float.class, FULL);
  static final VectorSpecies<Double> F64 = VectorSpecies.of(double.class, FULL);
  static final VectorSpecies<Integer> I32 = VectorSpecies.of(int.class, FULL);
  static final VectorSpecies<Long> I64 = VectorSpecies.of(long.class, FULL);

  /** As many numbers as a full vector of 64-bit ones. */
  static final VectorSpecies<Float> F32_HALF = VectorSpecies.of(float.class, HALF);

  static final VectorSpecies<Integer> I32_HALF = VectorSpecies.of(int.class, HALF);

  private LaneSpecies() {}

  /** The platform's preferred shape, or the width in bits that a property asks for. */
  private static VectorShape fullShape() {
    Integer bits = Integer.getInteger("gradus.lanes.bits");
    return bits == null
        ? FloatVector.SPECIES_PREFERRED.vectorShape()
        : VectorShape.forBitSize(bits);
  }

  /** Why the preferred shapes cannot carry the loops, or the empty string. */
  static String objection() {
    int bits = FULL.vectorBitSize();
    boolean same =
        DoubleVector.SPECIES_PREFERRED.vectorBitSize()
                == FloatVector.SPECIES_PREFERRED.vectorBitSize()
            && IntVector.SPECIES_PREFERRED.vectorBitSize()
                == LongVector.SPECIES_PREFERRED.vectorBitSize();
    return bits < 128
        ? "vectors of " + bits + " bits are too short"
        : same ? "" : "floating and integer vectors differ in length";
  }
}
