package io.gradus.backend.cpu.pool;

import static jdk.incubator.vector.VectorOperators.GT;
import static jdk.incubator.vector.VectorOperators.NE;
import static jdk.incubator.vector.VectorOperators.ROR;

import java.nio.ByteOrder;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.LongVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorShuffle;
import jdk.incubator.vector.VectorSpecies;

/**
 * Maxima of two by two neighbours on Vector API lanes; loaded only where the module is there.
 *
 * <p>A pair of neighbours is one lane of 64 bits, in which a rotation exchanges the two; so the
 * positions, numbers of 64 bits, already lie where they are stored. What is done twice is written
 * twice: a vector that goes to a method which is not compiled into the loop becomes an object.
 */
final class FloatVectorPairs {
  private static final VectorSpecies<Float> S = FloatVector.SPECIES_PREFERRED;
  private static final int V = S.length();
  private static final VectorSpecies<Integer> I = IntVector.SPECIES_PREFERRED;
  private static final VectorSpecies<Long> L = LongVector.SPECIES_PREFERRED;

  /** Results of one call. */
  static final int RESULTS = V / 2;

  /** Brings the first of each pair to the front. */
  private static final VectorShuffle<Float> FIRSTS = VectorShuffle.fromOp(S, i -> 2 * i & (V - 1));

  /**
   * The front half of a vector, where the results are. Storing a vector of half the length would
   * need no mask. But once a program has stored vectors of two lengths, the JVM compiles both ways
   * into every loop that stores vectors, and in loops compiled after that they may become objects:
   * see "One length of vectors in a program" in docs/performance.md.
   */
  private static final VectorMask<Float> STORED = VectorMask.fromLong(S, (1L << RESULTS) - 1);

  /** Where each pair begins in its row. */
  private static final LongVector STEPS = LongVector.zero(L).addIndex(2);

  private FloatVectorPairs() {}

  /**
   * Whether the first element of a pair is in the lower half of its lane, and vectors are of those
   * processors that can store a part of one.
   */
  static boolean fits() {
    return ByteOrder.nativeOrder() == ByteOrder.LITTLE_ENDIAN && V >= 8;
  }

  /**
   * Rows of n windows next to each other, n at least {@link #RESULTS}; the first of equal elements
   * wins, and the last NaN.
   *
   * @param p the first element of the first row; its neighbour below is at {@code p + below}
   * @param pStep from one row of windows to the next
   * @param place the position of the first element, in rows of {@code width}
   */
  static void maxima(
      float[] in,
      int p,
      int pStep,
      int below,
      int place,
      int placeStep,
      int width,
      float[] values,
      int v,
      int vStep,
      long[] indices,
      int i,
      int iStep,
      int rows,
      int n) {
    IntVector zero = IntVector.zero(I);
    IntVector one = zero.add(1);
    IntVector next = zero.add(width);
    IntVector after = zero.add(width + 1);
    for (int y = 0; y < rows; y++) {
      for (int x = 0; x < n; x += RESULTS) {
        int from = Math.min(x, n - RESULTS); // some of the last ones twice rather than one by one
        int q = p + y * pStep + 2 * from;
        FloatVector a = FloatVector.fromArray(S, in, q);
        FloatVector b = a.reinterpretAsLongs().lanewise(ROR, 32).reinterpretAsFloats();
        FloatVector c = FloatVector.fromArray(S, in, q + below);
        FloatVector d = c.reinterpretAsLongs().lanewise(ROR, 32).reinterpretAsFloats();
        // Of two the second is taken if it is greater or NaN.
        VectorMask<Float> right = b.compare(GT, a).or(b.compare(NE, b));
        FloatVector upper = a.blend(b, right);
        IntVector above = zero.blend(one, right.cast(I));
        right = d.compare(GT, c).or(d.compare(NE, d));
        FloatVector lower = c.blend(d, right);
        IntVector under = next.blend(after, right.cast(I));
        VectorMask<Float> second = lower.compare(GT, upper).or(lower.compare(NE, lower));
        IntVector tap = above.blend(under, second.cast(I));
        FloatVector largest = upper.blend(lower, second);
        largest.rearrange(FIRSTS).intoArray(values, v + y * vStep + from, STORED);
        tap.reinterpretAsLongs()
            .and(0xFFFF_FFFFL)
            .add(STEPS)
            .add(place + y * placeStep + 2 * from)
            .intoArray(indices, i + y * iStep + from);
      }
    }
  }
}
