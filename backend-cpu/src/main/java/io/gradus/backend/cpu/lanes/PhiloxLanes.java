package io.gradus.backend.cpu.lanes;

import io.gradus.tensor.kernel.Philox;

/** Random words; a block of four is computed once where indices follow each other. */
final class PhiloxLanes {
  /**
   * The words behind every second one that was computed last: who asks for the first of each pair
   * asks for the second ones next, and they come from the same blocks.
   */
  private static final class Seconds {
    private int[] words = {};
    private int n;
    private long first;
    private long seed;
    private long stream;
  }

  private static final ThreadLocal<Seconds> SECONDS = ThreadLocal.withInitial(Seconds::new);

  private static final Trial TRIAL = new Trial();

  /** Rounds of the loop on vectors in a trial, and nanoseconds that one takes at most. */
  private static final int TRIED = 2;

  private static final int LIMIT = 400;

  private PhiloxLanes() {}

  /**
   * Words of indices.
   *
   * @param each 1 if each element has its own seed and stream, 0 if all have the first
   */
  static void words(
      long[] index,
      int io,
      long[] seed,
      int so,
      long[] stream,
      int to,
      int each,
      int[] r,
      int ro,
      int n) {
    long step = n < 2 ? 1 : index[io + 1] - index[io];
    if (n >= 8
        && (step == 1 || step == 2)
        && isSequence(index, io, step, n)
        && (each == 0 || isSequence(seed, so, 0, n) && isSequence(stream, to, 0, n))
        && Lanes.fillsVector(n)
        && isReady()) {
      if (step == 1) {
        sequence(index[io], seed[so], stream[to], r, ro, n);
      } else {
        everySecond(index[io], seed[so], stream[to], r, ro, n);
      }
      return;
    }
    int[] block = new int[4];
    long counter = 0;
    long key = 0;
    long lane = 0;
    boolean none = true;
    for (int i = 0; i < n; i++) {
      long at = index[io + i];
      long ownKey = seed[so + i * each];
      long ownLane = stream[to + i * each];
      if (none || at >>> 2 != counter || ownKey != key || ownLane != lane) {
        counter = at >>> 2;
        key = ownKey;
        lane = ownLane;
        none = false;
        Philox.block(counter, key, lane, block, 0);
      }
      r[ro + i] = block[(int) at & 3];
    }
  }

  /** Whether the loop on vectors is compiled by now; it is tried in both of its forms. */
  private static boolean isReady() {
    if (!TRIAL.isOver() && TRIAL.begin()) {
      int[] words = new int[4 * VectorPhilox.BLOCKS * TRIED];
      VectorPhilox.words(0, 0, 0, words, 0, null, 0, TRIED);
      VectorPhilox.words(0, 0, 0, words, 0, words, words.length / 2, TRIED);
      TRIAL.end(2L * TRIED * LIMIT);
    }
    return TRIAL.isOver();
  }

  private static boolean isSequence(long[] a, int o, long step, int n) {
    long different = 0;
    for (int i = 1; i < n; i++) {
      different |= a[o + i] - a[o + i - 1] ^ step;
    }
    return different == 0;
  }

  /** {@code r[i]} becomes word {@code first + i}. */
  private static void sequence(long first, long seed, long stream, int[] r, int ro, int n) {
    int i = 0;
    for (; i < n && (first + i & 3) != 0; i++) {
      r[ro + i] = Philox.word(first + i, seed, stream);
    }
    int a = 4 * VectorPhilox.BLOCKS;
    int times = (n - i) / a;
    VectorPhilox.words(first + i >>> 2, seed, stream, r, ro + i, null, 0, times);
    i += times * a;
    if (i < n) {
      int[] rest = new int[a];
      VectorPhilox.words(first + i >>> 2, seed, stream, rest, 0, null, 0, 1);
      System.arraycopy(rest, 0, r, ro + i, n - i);
    }
  }

  /** {@code r[i]} becomes word {@code first + 2 i}. */
  private static void everySecond(long first, long seed, long stream, int[] r, int ro, int n) {
    Seconds s = SECONDS.get();
    if ((first & 1) == 0) {
      s.words = s.words.length < n ? new int[n] : s.words;
      pairs(first, seed, stream, r, ro, s.words, 0, n);
      s.n = n;
      s.first = first + 1;
      s.seed = seed;
      s.stream = stream;
    } else if (s.n == n && s.first == first && s.seed == seed && s.stream == stream) {
      System.arraycopy(s.words, 0, r, ro, n);
    } else {
      pairs(first - 1, seed, stream, new int[n], 0, r, ro, n);
    }
  }

  /** Words {@code first + 2 i}, for an even first one, and those behind them. */
  private static void pairs(
      long first, long seed, long stream, int[] even, int eo, int[] odd, int oo, int n) {
    int i = 0;
    if ((first & 2) != 0) {
      even[eo] = Philox.word(first, seed, stream);
      odd[oo] = Philox.word(first + 1, seed, stream);
      i = 1;
    }
    int a = 2 * VectorPhilox.BLOCKS;
    int times = (n - i) / a;
    long counter = first + 2L * i >>> 2;
    VectorPhilox.words(counter, seed, stream, even, eo + i, odd, oo + i, times);
    i += times * a;
    if (i < n) {
      int[] firsts = new int[a];
      int[] seconds = new int[a];
      counter = first + 2L * i >>> 2;
      VectorPhilox.words(counter, seed, stream, firsts, 0, seconds, 0, 1);
      System.arraycopy(firsts, 0, even, eo + i, n - i);
      System.arraycopy(seconds, 0, odd, oo + i, n - i);
    }
  }
}
