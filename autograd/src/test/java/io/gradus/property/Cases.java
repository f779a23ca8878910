package io.gradus.property;

import java.util.Random;

/**
 * Tries a law on many cases, each of which follows from a seed.
 *
 * <p>A failure names its seed. {@code -Dgradus.property.seed=S -Dgradus.property.cases=1} tries
 * that case again, {@code -Dgradus.property.times=N} tries N times as many as usual.
 */
final class Cases {
  private static final long SEED = Long.getLong("gradus.property.seed", 1);
  private static final int CASES = Integer.getInteger("gradus.property.cases", 0);
  private static final int TIMES = Integer.getInteger("gradus.property.times", 1);

  /** What is tried. */
  interface Law {
    void check(Random random);
  }

  private Cases() {}

  /** Tries a law. */
  static void of(String name, int usual, Law law) {
    int cases = CASES > 0 ? CASES : usual * TIMES;
    for (long seed = SEED; seed < SEED + cases; seed++) {
      Random random = new Random(seed * 0x9E3779B97F4A7C15L);
      try {
        law.check(random);
      } catch (RuntimeException | AssertionError e) {
        throw new AssertionError(
            "%s, seed %d (again: -Dgradus.property.seed=%d -Dgradus.property.cases=1): %s"
                .formatted(name, seed, seed, e.getMessage()),
            e);
      }
    }
  }
}
