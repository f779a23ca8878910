package io.gradus.graph;

/**
 * Counts the in-place writes to some memory; shared by a tensor, its views and what it detaches.
 */
public final class VersionCounter {
  private int value;

  /** The number of writes so far. */
  public int value() {
    return value;
  }

  /** Notes one more write. */
  public void bump() {
    value++;
  }
}
