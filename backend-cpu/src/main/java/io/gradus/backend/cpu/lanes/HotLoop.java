package io.gradus.backend.cpu.lanes;

import java.util.function.BooleanSupplier;
import java.util.function.IntConsumer;

/**
 * A loop on vectors that is taken only once the JIT has compiled it.
 *
 * <p>Until then each vector is an object, and the loop takes hundreds of times as long as the
 * scalar one; a program's first seconds would go by in it. So callers take the scalar loop, which
 * gives the same bits, until a thread in the background has run a sample of the vector loop often
 * enough: see {@link WarmUp}.
 *
 * <pre>{@code
 * private static final HotLoop SUM = HotLoop.of(vectorSample, scalarSample);
 * ...
 * return SUM.isHot() ? vectorSum(a) : scalarSum(a);
 * }</pre>
 */
public final class HotLoop {
  /** The most rounds that a sample is asked for. */
  public static final int LONGEST = 16;

  private final BooleanSupplier exists;
  private final IntConsumer vector;
  private final IntConsumer scalar;
  private boolean hot = LaneSupport.AT_ONCE;
  private volatile boolean waiting;
  private int misses;

  private HotLoop(BooleanSupplier exists, IntConsumer vector, IntConsumer scalar) {
    this.exists = exists;
    this.vector = vector;
    this.scalar = scalar;
  }

  /**
   * A loop that is cold.
   *
   * @param vector one call that does up to {@link #LONGEST} rounds on vectors, on data that show
   *     all branches now and then
   * @param scalar the scalar loop on the same data
   */
  public static HotLoop of(IntConsumer vector, IntConsumer scalar) {
    return new HotLoop(() -> true, vector, scalar);
  }

  /** The same where a vector loop may not exist; then it stays cold. */
  static HotLoop of(BooleanSupplier exists, IntConsumer vector, IntConsumer scalar) {
    return new HotLoop(exists, vector, scalar);
  }

  /**
   * Whether to take the vector loop now; each no makes the warm-up more urgent. Always no without
   * the Vector API; always yes with {@code -Dgradus.lanes=vector}.
   */
  public boolean isHot() {
    return LaneSupport.VECTOR && (hot || miss());
  }

  private boolean miss() {
    misses++; // a few that get lost between threads do no harm
    if (!waiting) {
      waiting = true;
      WarmUp.start(this);
    }
    return false;
  }

  boolean exists() {
    return exists.getAsBoolean();
  }

  /** How often the loop would have been taken. */
  int misses() {
    return misses;
  }

  void runVector(int rounds) {
    vector.accept(rounds);
  }

  void runScalar() {
    scalar.accept(LONGEST);
  }

  /** Not synchronised: it does not matter when other threads see it. */
  void setHot() {
    hot = true;
  }

  /** The next miss asks for a warm-up again. */
  void stopWaiting() {
    waiting = false;
  }
}
