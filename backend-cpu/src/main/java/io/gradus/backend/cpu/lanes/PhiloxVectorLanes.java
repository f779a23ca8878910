package io.gradus.backend.cpu.lanes;

import jdk.incubator.vector.LongVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * {@link io.gradus.tensor.kernel.Philox} for as many blocks at once as 64-bit numbers fit a vector.
 *
 * <p>Only the low halves of the words count; what is above them is cut off where they are
 * multiplied.
 */
final class PhiloxVectorLanes {
  private static final VectorSpecies<Long> S = LaneSpecies.I64;
  static final int LANES = S.length();
  private static final long LOW = 0xffffffffL;
  private static final LongVector NUMBERS = LongVector.zero(S).addIndex(1);

  private PhiloxVectorLanes() {}

  /**
   * Blocks from {@code counter} on.
   *
   * @param to word w of block l of vector v at {@code (4 v + w) LANES + l}, in the low half
   */
  static void blocks(long counter, long seed, long stream, long[] to, int vectors) {
    for (int v = 0; v < vectors; v++) {
      LongVector c0 = NUMBERS.add(counter + (long) v * LANES);
      LongVector c1 = c0.lanewise(VectorOperators.LSHR, 32);
      LongVector c2 = LongVector.broadcast(S, stream);
      LongVector c3 = LongVector.broadcast(S, stream >>> 32);
      long k0 = seed & LOW;
      long k1 = seed >>> 32;
      for (int round = 0; round < 10; round++) {
        LongVector p0 = c0.and(LOW).mul(0xD2511F53L);
        LongVector p1 = c2.and(LOW).mul(0xCD9E8D57L);
        c0 =
            p1.lanewise(VectorOperators.LSHR, 32)
                .lanewise(VectorOperators.XOR, c1)
                .lanewise(VectorOperators.XOR, k0);
        c2 =
            p0.lanewise(VectorOperators.LSHR, 32)
                .lanewise(VectorOperators.XOR, c3)
                .lanewise(VectorOperators.XOR, k1);
        c1 = p1;
        c3 = p0;
        k0 = k0 + 0x9E3779B9L & LOW;
        k1 = k1 + 0xBB67AE85L & LOW;
      }
      int o = 4 * v * LANES;
      c0.intoArray(to, o);
      c1.intoArray(to, o + LANES);
      c2.intoArray(to, o + 2 * LANES);
      c3.intoArray(to, o + 3 * LANES);
    }
  }
}
