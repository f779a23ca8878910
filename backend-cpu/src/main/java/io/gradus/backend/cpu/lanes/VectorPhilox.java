package io.gradus.backend.cpu.lanes;

import jdk.incubator.vector.LongVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorShuffle;
import jdk.incubator.vector.VectorSpecies;
import org.jspecify.annotations.Nullable;

/**
 * {@link io.gradus.tensor.kernel.Philox} for twice as many blocks at once as 64-bit numbers fit a
 * vector.
 *
 * <p>Only the low halves of the words and of the keys count; what is above them is cut off where
 * they are multiplied and stored. No method here is called from within the loop: where the compiler
 * has had enough, it would be a call, and its vectors objects.
 */
final class VectorPhilox {
  private static final VectorSpecies<Long> S = LaneSpecies.I64;
  private static final int V = S.length();

  /** How many blocks are computed at once. */
  static final int BLOCKS = 2 * V;

  private static final long LOW = 0xffffffffL;
  private static final LongVector NUMBERS = LongVector.zero(S).addIndex(1);
  private static final VectorShuffle<Long> FIRST_HALF = VectorShuffle.makeZip(S, 0);
  private static final VectorShuffle<Long> SECOND_HALF = VectorShuffle.makeZip(S, 1);

  private VectorPhilox() {}

  /**
   * The words of blocks from {@code counter} on.
   *
   * @param odd gets the second and the fourth word of each block, and {@code r} only the others; if
   *     null, {@code r} gets all four
   * @param times how often {@link #BLOCKS}
   */
  static void words(
      long counter,
      long seed,
      long stream,
      int[] r,
      int ro,
      int @Nullable [] odd,
      int oo,
      int times) {
    for (int t = 0; t < times; t++) {
      LongVector a0 = NUMBERS.add(counter + (long) t * BLOCKS);
      LongVector b0 = a0.add(V);
      LongVector a1 = a0.lanewise(VectorOperators.LSHR, 32);
      LongVector b1 = b0.lanewise(VectorOperators.LSHR, 32);
      LongVector a2 = LongVector.broadcast(S, stream);
      LongVector b2 = a2;
      LongVector a3 = LongVector.broadcast(S, stream >>> 32);
      LongVector b3 = a3;
      LongVector k0 = LongVector.broadcast(S, seed);
      LongVector k1 = LongVector.broadcast(S, seed >>> 32);
      for (int round = 0; round < 10; round++) {
        LongVector p = a0.and(LOW).mul(0xD2511F53L);
        LongVector q = a2.and(LOW).mul(0xCD9E8D57L);
        LongVector x = q.lanewise(VectorOperators.LSHR, 32).lanewise(VectorOperators.XOR, a1);
        LongVector y = p.lanewise(VectorOperators.LSHR, 32).lanewise(VectorOperators.XOR, a3);
        a0 = x.lanewise(VectorOperators.XOR, k0);
        a1 = q;
        a2 = y.lanewise(VectorOperators.XOR, k1);
        a3 = p;
        p = b0.and(LOW).mul(0xD2511F53L);
        q = b2.and(LOW).mul(0xCD9E8D57L);
        x = q.lanewise(VectorOperators.LSHR, 32).lanewise(VectorOperators.XOR, b1);
        y = p.lanewise(VectorOperators.LSHR, 32).lanewise(VectorOperators.XOR, b3);
        b0 = x.lanewise(VectorOperators.XOR, k0);
        b1 = q;
        b2 = y.lanewise(VectorOperators.XOR, k1);
        b3 = p;
        k0 = k0.add(0x9E3779B9L);
        k1 = k1.add(0xBB67AE85L);
      }
      LongVector aLow;
      LongVector bLow;
      LongVector aHigh;
      LongVector bHigh;
      if (odd == null) {
        aLow = a0.and(LOW).or(a1.lanewise(VectorOperators.LSHL, 32));
        aHigh = a2.and(LOW).or(a3.lanewise(VectorOperators.LSHL, 32));
        bLow = b0.and(LOW).or(b1.lanewise(VectorOperators.LSHL, 32));
        bHigh = b2.and(LOW).or(b3.lanewise(VectorOperators.LSHL, 32));
        int o = ro + t * 4 * BLOCKS;
        aLow.rearrange(FIRST_HALF, aHigh).reinterpretAsInts().intoArray(r, o);
        aLow.rearrange(SECOND_HALF, aHigh).reinterpretAsInts().intoArray(r, o + 2 * V);
        bLow.rearrange(FIRST_HALF, bHigh).reinterpretAsInts().intoArray(r, o + 4 * V);
        bLow.rearrange(SECOND_HALF, bHigh).reinterpretAsInts().intoArray(r, o + 6 * V);
      } else {
        aLow = a0.and(LOW).or(a2.lanewise(VectorOperators.LSHL, 32));
        aHigh = a1.and(LOW).or(a3.lanewise(VectorOperators.LSHL, 32));
        bLow = b0.and(LOW).or(b2.lanewise(VectorOperators.LSHL, 32));
        bHigh = b1.and(LOW).or(b3.lanewise(VectorOperators.LSHL, 32));
        int o = t * 2 * BLOCKS;
        aLow.reinterpretAsInts().intoArray(r, ro + o);
        bLow.reinterpretAsInts().intoArray(r, ro + o + 2 * V);
        aHigh.reinterpretAsInts().intoArray(odd, oo + o);
        bHigh.reinterpretAsInts().intoArray(odd, oo + o + 2 * V);
      }
    }
  }
}
