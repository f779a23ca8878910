package io.gradus.backend.cpu.lanes;

/**
 * The numbers of {@link io.gradus.tensor.kernel.NormalNumbers} on vectors: some random words, then
 * what is made of them, while they are in the first-level cache.
 */
public final class NormalLanes {
  private static final int PIECE = 1024;

  /** Numbers of a trial: some more than fill vectors. */
  private static final int TRIED = 67;

  /** Nanoseconds that a number takes at most once compiled, five times as many as measured. */
  private static final int LIMIT = 20;

  private static final Trial TRIAL = new Trial();

  private static final ThreadLocal<NormalLanes> OWN = ThreadLocal.withInitial(NormalLanes::new);

  private final int[] firsts = new int[PIECE];
  private final int[] seconds = new int[PIECE];

  private NormalLanes() {}

  /** Whether {@link #fill} is compiled by now and n numbers fill a vector. */
  public static boolean isReady(int n) {
    if (!Lanes.fillsVector(n)) {
      return false;
    }
    if (!TRIAL.isOver() && TRIAL.begin()) {
      fill(0, 0, 0, 0, 1, new float[TRIED], 0, TRIED);
      TRIAL.end((long) LIMIT * TRIED);
    }
    return TRIAL.isOver();
  }

  /** {@code r[ro + i]} becomes number {@code first + i} of a stream; the first is an even one. */
  public static void fill(
      long first, long seed, long stream, float mean, float deviation, float[] r, int ro, int n) {
    NormalLanes own = OWN.get();
    for (int i = 0; i < n; i += PIECE) {
      own.piece(first + i >>> 1, seed, stream, mean, deviation, r, ro + i, Math.min(PIECE, n - i));
    }
  }

  private void piece(
      long counter, long seed, long stream, float mean, float deviation, float[] r, int ro, int n) {
    int step = 2 * VectorPhilox.BLOCKS;
    int times = (n + step - 1) / step;
    VectorPhilox.words(counter, seed, stream, firsts, 0, seconds, 0, times);
    int whole = n - n % LaneSupport.FEWEST;
    VectorNormals.fill(firsts, seconds, 0, deviation, mean, r, ro, whole);
    if (whole < n) {
      float[] rest = new float[LaneSupport.FEWEST];
      VectorNormals.fill(firsts, seconds, whole, deviation, mean, rest, 0, rest.length);
      System.arraycopy(rest, 0, r, ro + whole, n - whole);
    }
  }
}
