package io.gradus.random;

import java.util.IdentityHashMap;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Which generators a piece of code draws from, and where each stood before, so that the code can
 * run again and draw the same.
 *
 * <p>Only what the calling thread draws is seen.
 */
public final class Draws {
  private static final ThreadLocal<@Nullable Draws> CURRENT = new ThreadLocal<>();

  private final Map<Generator, Generator.State> before = new IdentityHashMap<>();
  private @Nullable Draws outer;

  /** Nothing drawn yet. */
  public Draws() {}

  /** Runs code and remembers what it draws. */
  public <T> T record(Supplier<T> code) {
    outer = CURRENT.get();
    CURRENT.set(this);
    try {
      return code.get();
    } finally {
      CURRENT.set(outer);
      outer = null;
    }
  }

  /** Runs code that draws what was recorded; the generators stand where they stood then. */
  public <T> T again(Supplier<T> code) {
    Map<Generator, Generator.State> now = new IdentityHashMap<>();
    before.forEach(
        (generator, state) -> {
          now.put(generator, generator.getState());
          generator.setState(state);
        });
    try {
      return code.get();
    } finally {
      now.forEach(Generator::setState);
    }
  }

  /** A generator is drawn from on this thread. */
  static void note(Generator generator, Generator.State state) {
    for (Draws draws = CURRENT.get(); draws != null; draws = draws.outer) {
      draws.before.putIfAbsent(generator, state);
    }
  }
}
