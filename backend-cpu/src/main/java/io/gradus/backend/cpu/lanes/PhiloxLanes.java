package io.gradus.backend.cpu.lanes;

import io.gradus.tensor.kernel.Philox;

/** Random words; a block of four is computed once where indices follow each other. */
final class PhiloxLanes {
  private PhiloxLanes() {}

  static void words(
      long[] index, int io, long[] seed, int so, long[] stream, int to, int[] r, int ro, int n) {
    long step = n < 2 ? 1 : index[io + 1] - index[io];
    if (n >= 8
        && (step == 1 || step == 2)
        && isSequence(index, io, step, n)
        && isSequence(seed, so, 0, n)
        && isSequence(stream, to, 0, n)
        && Lanes.fillsVector(n)) {
      sequence(index[io], (int) step, seed[so], stream[to], r, ro, n);
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

  /** {@code r[i]} becomes word {@code first + i step}, for a step of 1 or 2. */
  private static void sequence(
      long first, int step, long seed, long stream, int[] r, int ro, int n) {
    int i = 0;
    for (; i < n && (first + (long) i * step & 3) >= step; i++) {
      r[ro + i] = Philox.word(first + (long) i * step, seed, stream);
    }
    int a = 4 * PhiloxVectorLanes.LANES / step; // words of a vector of blocks
    int vectors = (n - i) / a;
    long at = first + (long) i * step;
    int word = step == 1 ? -1 : (int) at & 3;
    PhiloxVectorLanes.words(at >>> 2, seed, stream, word, r, ro + i, vectors);
    i += vectors * a;
    if (i < n) {
      int[] rest = new int[a];
      at = first + (long) i * step;
      PhiloxVectorLanes.words(at >>> 2, seed, stream, word, rest, 0, 1);
      System.arraycopy(rest, 0, r, ro + i, n - i);
    }
  }
}
