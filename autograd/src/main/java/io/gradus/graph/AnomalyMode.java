package io.gradus.graph;

/**
 * Whether each node remembers where it was created, and backward looks for NaN; slow, for
 * debugging.
 */
public final class AnomalyMode {
  private static volatile boolean enabled;

  private AnomalyMode() {}

  /** Whether it is on, for all threads. */
  public static boolean isEnabled() {
    return enabled;
  }

  /** Switches it for all threads. */
  public static void setEnabled(boolean on) {
    enabled = on;
  }
}
