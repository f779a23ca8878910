package io.gradus.random;

import io.gradus.tensor.error.InvalidArgumentException;
import io.gradus.tensor.kernel.Philox;
import java.security.SecureRandom;

/**
 * A source of reproducible random numbers.
 *
 * <p>It is a seed and a counter of streams. Every operation that draws numbers takes the next
 * stream, and element {@code i} of its result depends on nothing but the seed, the stream and
 * {@code i} (Philox 4x32-10): the numbers are the same on every backend, for every number of
 * threads and for every layout. Thread-safe; with several threads the order in which they draw
 * decides which stream each one gets, so give each its own generator.
 */
public final class Generator {
  private static final long FIRST_SEED = 0x853C49E6748FEA9BL;
  private static final long WORD = 0xFFFFFFFFL;
  private static final int MANTISSA = 53;
  private static final Generator DEFAULT = new Generator(FIRST_SEED);

  private long seed;
  private long stream;

  /**
   * Where a generator stands.
   *
   * @param seed of all its streams
   * @param stream the next one
   */
  public record State(long seed, long stream) {}

  /** A generator at the start of a seed. */
  public Generator(long seed) {
    this.seed = seed;
  }

  /** The one that operations draw from when they are given no other. */
  public static Generator defaultGenerator() {
    return DEFAULT;
  }

  /** Goes to the start of a seed, and returns this generator. */
  public synchronized Generator manualSeed(long newSeed) {
    seed = newSeed;
    stream = 0;
    return this;
  }

  /** Goes to the start of a seed from the operating system, and returns that seed. */
  public long seed() {
    long fresh = new SecureRandom().nextLong();
    manualSeed(fresh);
    return fresh;
  }

  /** The seed it was last given. */
  public synchronized long initialSeed() {
    return seed;
  }

  /** Where it stands, for {@link #setState}. */
  public synchronized State getState() {
    return new State(seed, stream);
  }

  /** Goes to where a generator stood. */
  public synchronized void setState(State state) {
    seed = state.seed;
    stream = state.stream;
  }

  /** Takes the next stream: where it stood before. */
  public synchronized State take() {
    State now = new State(seed, stream);
    Draws.note(this, now);
    stream++;
    return now;
  }

  /** A number from 0 to below 1 for a program's own use, drawn from the next stream. */
  public double nextDouble() {
    State at = take();
    long high = Philox.word(0, at.seed, at.stream) & WORD;
    long low = Philox.word(1, at.seed, at.stream) & WORD;
    return ((high << Integer.SIZE | low) >>> (Long.SIZE - MANTISSA)) * (1.0 / (1L << MANTISSA));
  }

  /**
   * A whole number from 0 to below a bound, drawn from the next stream.
   *
   * @throws InvalidArgumentException if the bound is not positive
   */
  public int nextInt(int bound) {
    if (bound < 1) {
      throw new InvalidArgumentException(
          "[nextInt] the bound must be positive: " + bound + "; nothing is below it");
    }
    return (int) (nextDouble() * bound);
  }

  /** The seed, and how many streams were taken since it was given. */
  @Override
  public synchronized String toString() {
    return "Generator(seed=%d, stream=%d)".formatted(seed, stream);
  }
}
