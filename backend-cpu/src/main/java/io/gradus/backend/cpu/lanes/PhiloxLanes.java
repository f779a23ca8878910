package io.gradus.backend.cpu.lanes;

import io.gradus.tensor.kernel.Philox;

/** Random words; a block of four is computed once where indices follow each other. */
final class PhiloxLanes {
  private PhiloxLanes() {}

  static void words(
      long[] index, int io, long[] seed, int so, long[] stream, int to, int[] r, int ro, int n) {
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
}
