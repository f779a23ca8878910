package io.gradus.backend.cpu;

import org.jspecify.annotations.Nullable;

/**
 * How many threads compute at first: as many as processors, or as the property gradus.threads says.
 */
final class ThreadCount {
  private ThreadCount() {}

  static int initial() {
    int processors = Math.min(Runtime.getRuntime().availableProcessors(), Workers.MAX_THREADS);
    return wanted(System.getProperty("gradus.threads"), processors);
  }

  /** The number that is asked for; the usual one, and a warning, if that is none. */
  static int wanted(@Nullable String asked, int usual) {
    if (asked == null) {
      return usual;
    }
    try {
      int n = Integer.parseInt(asked.trim());
      if (n >= 1 && n <= Workers.MAX_THREADS) {
        return n;
      }
    } catch (NumberFormatException e) {
      // No number, which is said below.
    }
    System.getLogger(ThreadCount.class.getName())
        .log(
            System.Logger.Level.WARNING,
            "-Dgradus.threads=%s is no number from 1 to %d; computing with %d threads"
                .formatted(asked, Workers.MAX_THREADS, usual));
    return usual;
  }
}
