package io.gradus.backend.cpu.lanes;

import jdk.incubator.vector.LongVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorShuffle;
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

  private static final VectorShuffle<Long> FIRST_HALF = VectorShuffle.makeZip(S, 0);
  private static final VectorShuffle<Long> SECOND_HALF = VectorShuffle.makeZip(S, 1);

  /**
   * The words of blocks from {@code counter} on, {@link #LANES} blocks a vector.
   *
   * @param word negative for all four words of each block; else that one and the second next to it
   */
  static void words(long counter, long seed, long stream, int word, int[] r, int ro, int vectors) {
    int o = ro;
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
      if (word == 0) {
        pairs(c0, c2).reinterpretAsInts().intoArray(r, o);
        o += 2 * LANES;
      } else if (word == 1) {
        pairs(c1, c3).reinterpretAsInts().intoArray(r, o);
        o += 2 * LANES;
      } else {
        LongVector low = pairs(c0, c1);
        LongVector high = pairs(c2, c3);
        low.rearrange(FIRST_HALF, high).reinterpretAsInts().intoArray(r, o);
        low.rearrange(SECOND_HALF, high).reinterpretAsInts().intoArray(r, o + 2 * LANES);
        o += 4 * LANES;
      }
    }
  }

  /** The low half of a below that of b. */
  private static LongVector pairs(LongVector a, LongVector b) {
    return a.and(LOW).or(b.lanewise(VectorOperators.LSHL, 32));
  }
}
