package io.gradus.backend.cpu.pool;

import java.nio.ByteOrder;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.LongVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorShape;
import jdk.incubator.vector.VectorSpecies;

/**
 * Maxima of two by two neighbours on Vector API lanes; loaded only where the module is there.
 *
 * <p>A pair of neighbours is one lane of 64 bits, in which a rotation exchanges the two; so the
 * positions, numbers of 64 bits, already lie where they are stored.
 */
final class FloatVectorPairs {
  private static final VectorSpecies<Float> S = FloatVector.SPECIES_PREFERRED;
  private static final int V = S.length();
  private static final VectorSpecies<Integer> I = IntVector.SPECIES_PREFERRED;
  private static final VectorSpecies<Long> L = LongVector.SPECIES_PREFERRED;
  private static final VectorSpecies<Integer> HALF =
      VectorSpecies.of(int.class, VectorShape.forBitSize(Math.max(64, S.vectorBitSize() / 2)));

  /** Results of one call. */
  static final int RESULTS = V / 2;

  /** Where each pair begins in its row. */
  private static final LongVector STEPS = LongVector.zero(L).addIndex(2);

  private FloatVectorPairs() {}

  /** Whether the first element of a pair is in the lower half of its lane. */
  static boolean fits() {
    return ByteOrder.nativeOrder() == ByteOrder.LITTLE_ENDIAN && V >= 4;
  }

  /**
   * {@link #RESULTS} windows next to each other; the first of equal elements wins, and the last
   * NaN.
   *
   * @param p the first element; its neighbour below is at {@code p + below}
   * @param place the position of the first element, in rows of {@code width}
   */
  static void maxima(
      float[] in,
      int p,
      int below,
      int place,
      int width,
      float[] values,
      int v,
      long[] indices,
      int i) {
    FloatVector a = FloatVector.fromArray(S, in, p);
    FloatVector b = exchanged(a);
    FloatVector c = FloatVector.fromArray(S, in, p + below);
    FloatVector d = exchanged(c);
    IntVector zero = IntVector.zero(I);
    VectorMask<Float> right = loses(a, b);
    FloatVector upper = a.blend(b, right);
    IntVector above = zero.blend(1, right.cast(I));
    right = loses(c, d);
    FloatVector lower = c.blend(d, right);
    IntVector under = zero.add(width).blend(width + 1, right.cast(I));
    VectorMask<Float> second = loses(upper, lower);
    IntVector tap = above.blend(under, second.cast(I));
    LongVector largest = upper.blend(lower, second).reinterpretAsLongs();
    ((IntVector) largest.convertShape(VectorOperators.L2I, HALF, 0))
        .reinterpretAsFloats()
        .intoArray(values, v);
    tap.reinterpretAsLongs().and(0xFFFF_FFFFL).add(STEPS).add(place).intoArray(indices, i);
  }

  private static FloatVector exchanged(FloatVector x) {
    return x.reinterpretAsLongs().lanewise(VectorOperators.ROR, 32).reinterpretAsFloats();
  }

  /** Whether x, which is before y, is not taken. */
  private static VectorMask<Float> loses(FloatVector x, FloatVector y) {
    return y.compare(VectorOperators.GT, x).or(y.compare(VectorOperators.NE, y));
  }
}
