package io.gradus.backend.cpu.lanes;

/**
 * Whether a loop on vectors is compiled by now.
 *
 * <p>Until then each of its vectors is an object, and the loop takes a hundred times as long as one
 * on scalars. So it is tried on a few elements now and then, which is also what makes the JVM
 * compile it, and scalars do the rest until a trial was fast. The bits are the same either way.
 *
 * <pre>{@code
 * if (trial.isOver()) {
 *   // all on vectors
 * } else {
 *   int tried = 0;
 *   if (trial.begin()) {
 *     // a few on vectors
 *     trial.end(nanoseconds they take at most once they are compiled);
 *   }
 *   // the rest on scalars
 * }
 * }</pre>
 */
public final class Trial {
  /** Between two trials the loop rests so many times as long as the last one took. */
  private static final int REST = 4;

  /** Nanoseconds after which a trial that did not end, as its loop threw, is made again. */
  static final long GIVEN_UP = 1_000_000_000;

  private boolean over;
  private long start;
  private long due;

  /** A loop that was not tried yet; there will be no trial where vectors are never used. */
  public Trial() {
    this(LaneSupport.VECTOR && LaneSupport.SCALARS_FIRST == 0, System.nanoTime());
    due += LaneSupport.VECTOR ? 0 : Long.MAX_VALUE / 2;
  }

  Trial(boolean over, long now) {
    this.over = over;
    this.due = now;
  }

  /** Whether the loop is fast. Unsynchronized: who sees it late does a trial more. */
  public boolean isOver() {
    return over;
  }

  /** Whether to try the loop now; {@link #end} must follow unless the loop throws. */
  public boolean begin() {
    return begin(System.nanoTime());
  }

  synchronized boolean begin(long now) {
    if (over || now - due < 0) {
      return false;
    }
    start = now;
    due = now + GIVEN_UP;
    return true;
  }

  /**
   * Ends the trial that has begun.
   *
   * @param limit nanoseconds that it takes at most if the loop is compiled
   */
  public void end(long limit) {
    end(limit, System.nanoTime());
  }

  synchronized void end(long limit, long now) {
    long took = now - start;
    over = took <= limit;
    due = now + REST * took;
  }
}
