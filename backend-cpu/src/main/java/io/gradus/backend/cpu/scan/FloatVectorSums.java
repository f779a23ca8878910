package io.gradus.backend.cpu.scan;

import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
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
  private static final VectorSpecies<Float> S = FloatVector.SPECIES_512;
  private static final int V = FloatSums.GROUP;

  private static final VectorShuffle<Float> SECOND_GROUP = VectorShuffle.iota(S, V, 1, true);

  /** Of two vectors, each of which begins with one. */
  private static final IntVector FIRST_GROUPS =
      IntVector.fromArray(
          IntVector.SPECIES_512,
          new int[] {0, 1, 2, 3, 4, 5, 6, 7, 16, 17, 18, 19, 20, 21, 22, 23},
          0);

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
      FloatVector x1 = x0.rearrange(SECOND_GROUP);
      s0 = s0.add(x0.convertShape(VectorOperators.F2D, D, 0));
      s1 = s1.add(x1.convertShape(VectorOperators.F2D, D, 0));
    }
    s0.intoArray(sums, 0);
    s1.intoArray(sums, V);
  }

  /** See {@link FloatSums#running}; n is a multiple of two groups, which are stored at once. */
  static double running(float[] from, int fo, float[] to, int o, int n, double start) {
    DoubleVector before = DoubleVector.broadcast(D, start);
    for (int i = 0; i < n; i += 2 * V) {
      FloatVector x0 = FloatVector.fromArray(S, from, fo + i);
      FloatVector x1 = x0.rearrange(SECOND_GROUP);
      DoubleVector a0 = (DoubleVector) x0.convertShape(VectorOperators.F2D, D, 0);
      DoubleVector a1 = (DoubleVector) x1.convertShape(VectorOperators.F2D, D, 0);
      DoubleVector b0 = a0.add(a0.rearrange(FIRSTS), ODD);
      DoubleVector b1 = a1.add(a1.rearrange(FIRSTS), ODD);
      DoubleVector c0 = b0.add(b0.rearrange(SECONDS), UPPER_OF_FOUR);
      DoubleVector c1 = b1.add(b1.rearrange(SECONDS), UPPER_OF_FOUR);
      DoubleVector d0 = c0.add(c0.rearrange(FOURTHS), UPPER);
      DoubleVector d1 = c1.add(c1.rearrange(FOURTHS), UPPER);
      FloatVector y0 = (FloatVector) before.add(d0).convertShape(VectorOperators.D2F, S, 0);
      before = before.add(d0.rearrange(LASTS));
      FloatVector y1 = (FloatVector) before.add(d1).convertShape(VectorOperators.D2F, S, 0);
      before = before.add(d1.rearrange(LASTS));
      IntVector y = FIRST_GROUPS.selectFrom(y0.reinterpretAsInts(), y1.reinterpretAsInts());
      y.reinterpretAsFloats().intoArray(to, o + i);
    }
    return before.lane(0);
  }
}
