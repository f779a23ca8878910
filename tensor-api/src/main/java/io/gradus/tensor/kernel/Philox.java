package io.gradus.tensor.kernel;

/**
 * The counter-based random number generator Philox 4x32-10.
 *
 * <p>J. K. Salmon, M. A. Moraes, R. O. Dror, D. E. Shaw, "Parallel Random Numbers: As Easy as 1, 2,
 * 3", SC 2011. A word depends on nothing but its index, the seed and the stream, so every backend
 * and every number of threads draws the same numbers.
 */
public final class Philox {
  private static final long M0 = 0xD2511F53L;
  private static final long M1 = 0xCD9E8D57L;
  private static final int W0 = 0x9E3779B9;
  private static final int W1 = 0xBB67AE85;

  private Philox() {}

  /**
   * Word {@code index & 3} of the block with counter ({@code index >>> 2}, {@code stream}), each a
   * pair of 32-bit words (low first), and key {@code seed} (low word first).
   */
  public static int word(long index, long seed, long stream) {
    int[] block = new int[4];
    block(index >>> 2, seed, stream, block, 0);
    return block[(int) index & 3];
  }

  /** All four words of block {@code counter}. */
  public static void block(long counter, long seed, long stream, int[] to, int at) {
    int c0 = (int) counter;
    int c1 = (int) (counter >>> 32);
    int c2 = (int) stream;
    int c3 = (int) (stream >>> 32);
    int k0 = (int) seed;
    int k1 = (int) (seed >>> 32);
    for (int round = 0; round < 10; round++) {
      long p0 = M0 * (c0 & 0xffffffffL);
      long p1 = M1 * (c2 & 0xffffffffL);
      c0 = (int) (p1 >>> 32) ^ c1 ^ k0;
      c2 = (int) (p0 >>> 32) ^ c3 ^ k1;
      c1 = (int) p1;
      c3 = (int) p0;
      k0 += W0;
      k1 += W1;
    }
    to[at] = c0;
    to[at + 1] = c1;
    to[at + 2] = c2;
    to[at + 3] = c3;
  }
}
