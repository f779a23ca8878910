package io.gradus.backend.cpu.scan;

import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorShuffle;
import jdk.incubator.vector.VectorSpecies;

/**
 * The loops of {@link FloatSums} on Vector API lanes; loaded only where the module is there. They
 * add in the same order, hence with the same bits.
 */
final class FloatVectorSums {
  private static final VectorSpecies<Double> D = DoubleVector.SPECIES_512;
  private static final VectorSpecies<Float> S = FloatVector.SPECIES_256;
  private static final int V = FloatSums.GROUP;

  private static final VectorShuffle<Double> FIRSTS =
      VectorShuffle.fromValues(D, 0, 0, 2, 2, 4, 4, 6, 6);
  private static final VectorShuffle<Double> SECONDS =
      VectorShuffle.fromValues(D, 1, 1, 1, 1, 5, 5, 5, 5);
  private static final VectorShuffle<Double> FOURTHS =
      VectorShuffle.fromValues(D, 3, 3, 3, 3, 3, 3, 3, 3);
  private static final VectorShuffle<Double> LASTS =
      VectorShuffle.fromValues(D, 7, 7, 7, 7, 7, 7, 7, 7);
  private static final VectorMask<Double> ODD = VectorMask.fromLong(D, 0b1010_1010);
  private static final VectorMask<Double> UPPER_OF_FOUR = VectorMask.fromLong(D, 0b1100_1100);
  private static final VectorMask<Double> UPPER = VectorMask.fromLong(D, 0b1111_0000);

  private FloatVectorSums() {}

  /** Whether a group is one vector here. */
  static boolean fits() {
    return DoubleVector.SPECIES_PREFERRED.length() == V;
  }

  /** See {@link FloatSums#stripes}; n is a multiple of their number. */
  static void stripes(float[] a, int o, int n, double[] sums) {
    DoubleVector s0 = DoubleVector.zero(D);
    DoubleVector s1 = s0;
    for (int p = o; p < o + n; p += 2 * V) {
      FloatVector x0 = FloatVector.fromArray(S, a, p);
      FloatVector x1 = FloatVector.fromArray(S, a, p + V);
      s0 = s0.add(x0.convertShape(VectorOperators.F2D, D, 0));
      s1 = s1.add(x1.convertShape(VectorOperators.F2D, D, 0));
    }
    s0.intoArray(sums, 0);
    s1.intoArray(sums, V);
  }

  /** See {@link FloatSums#running}; n is a multiple of a group. */
  static double running(float[] from, int fo, float[] to, int o, int n, double start) {
    DoubleVector before = DoubleVector.broadcast(D, start);
    for (int i = 0; i < n; i += V) {
      FloatVector x = FloatVector.fromArray(S, from, fo + i);
      DoubleVector a = (DoubleVector) x.convertShape(VectorOperators.F2D, D, 0);
      DoubleVector b = a.add(a.rearrange(FIRSTS), ODD);
      DoubleVector c = b.add(b.rearrange(SECONDS), UPPER_OF_FOUR);
      DoubleVector d = c.add(c.rearrange(FOURTHS), UPPER);
      FloatVector y = (FloatVector) before.add(d).convertShape(VectorOperators.D2F, S, 0);
      y.intoArray(to, o + i);
      before = before.add(d.rearrange(LASTS));
    }
    return before.lane(0);
  }
}
