package io.gradus.backend.cpu.lanes;

import io.gradus.tensor.kernel.Philox;

/** Random words; a block of four is computed once where indices follow each other. */
final class PhiloxLanes {
  /** Vectors of blocks that are computed at a time. */
  private static final int VECTORS = HotLoop.LONGEST;

  private static final HotLoop BLOCKS =
      HotLoop.of(
          n -> PhiloxVectorLanes.blocks(0, 1, 2, Data.WORDS, n),
          n -> {
            for (int i = 0; i < n * Data.LONGS; i++) {
              Philox.block(i, 1, 2, Data.BLOCK, 0);
            }
          });

  /** What warm-ups write; made by the first one. */
  private static final class Data {
    static final int LONGS = LaneSpecies.I64.length();
    static final long[] WORDS = new long[4 * LONGS * VECTORS];
    static final int[] BLOCK = new int[4];

    private Data() {}
  }

  private PhiloxLanes() {}

  static void words(
      long[] index, int io, long[] seed, int so, long[] stream, int to, int[] r, int ro, int n) {
    long step = n < 2 ? 1 : index[io + 1] - index[io];
    if (n >= 8
        && (step == 1 || step == 2)
        && isSequence(index, io, step, n)
        && isSequence(seed, so, 0, n)
        && isSequence(stream, to, 0, n)
        && BLOCKS.isHot()) {
      sequence(index[io], step, seed[so], stream[to], r, ro, n);
      return;
    }
    int[] block = new int[4];
    long counter = 0;
    long key = 0;
    long lane = 0;
    boolean none = true;
    for (int i = 0; i < n; i++) {
      long at = index[io + i];
      if (none || at >>> 2 != counter || seed[so + i] != key || stream[to + i] != lane) {
        counter = at >>> 2;
        key = seed[so + i];
        lane = stream[to + i];
        none = false;
        Philox.block(counter, key, lane, block, 0);
      }
      r[ro + i] = block[(int) at & 3];
    }
  }

  private static boolean isSequence(long[] a, int o, long step, int n) {
    long first = a[o];
    long different = 0;
    for (int i = 0; i < n; i++) {
      different |= a[o + i] ^ (first + i * step);
    }
    return different == 0;
  }

  /** {@code r[i]} becomes word {@code first + i step}. */
  private static void sequence(
      long first, long step, long seed, long stream, int[] r, int ro, int n) {
    int lanes = PhiloxVectorLanes.LANES;
    long[] words = new long[4 * lanes * VECTORS];
    for (int i = 0; i < n; ) {
      long at = first + i * step;
      long block = at >>> 2;
      long left = (at + (n - i - 1) * step >>> 2) - block + 1;
      int vectors = (int) Math.min(VECTORS, (left + lanes - 1) / lanes);
      PhiloxVectorLanes.blocks(block, seed, stream, words, vectors);
      int w = (int) at & 3;
      for (int v = 0; v < vectors; v++) {
        for (int l = 0; l < lanes && i < n; l++) {
          for (; w < 4 && i < n; w += (int) step, i++) {
            r[ro + i] = (int) words[(4 * v + w) * lanes + l];
          }
          w &= 3;
        }
      }
    }
  }
}
