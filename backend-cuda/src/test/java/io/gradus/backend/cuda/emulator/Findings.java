package io.gradus.backend.cuda.emulator;

import java.util.ArrayList;
import java.util.List;

/**
 * What the checker has to say; a test that expects none looks here at its end. With {@code
 * -Dgradus.standin.trace=true} each finding is printed with the call that led to it, which is the
 * kernel's launch where work is run at once.
 */
public final class Findings {
  private static final int MOST = 200;
  private final List<Finding> all = new ArrayList<>();

  /** What is wrong. */
  public enum Kind {
    /** An access outside of all memory, or of memory that was freed. */
    ILLEGAL_ACCESS,
    /** An address that is no multiple of the access's size. */
    MISALIGNED,
    /** A read of memory that nobody has written. */
    UNINITIALISED,
    /** Lanes that do not meet, a trap, a kernel without end. */
    EXECUTION,
    /** Memory that was still there when its context ended. */
    LEAK,
    /** A call of the driver that makes no sense. */
    API
  }

  /**
   * One thing that is wrong.
   *
   * @param text with the kernel and the line of PTX, where there is one
   */
  public record Finding(Kind kind, String text) {}

  synchronized void add(Kind kind, String text) {
    if (all.size() < MOST) {
      all.add(new Finding(kind, text));
      if (Boolean.getBoolean("gradus.standin.trace")) {
        new Throwable(kind + ": " + text).printStackTrace();
      }
    }
  }

  /** For the driver's own findings. */
  public void report(Kind kind, String text) {
    add(kind, text);
  }

  /** All so far. */
  public synchronized List<Finding> list() {
    return List.copyOf(all);
  }

  /** All so far, which are then forgotten. */
  public synchronized List<Finding> take() {
    List<Finding> taken = List.copyOf(all);
    all.clear();
    return taken;
  }
}
