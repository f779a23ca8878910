package io.gradus.profile;

/**
 * What was taken from the pools of large blocks of memory.
 *
 * @param blocks how many
 * @param recycled how many of them had been used before
 * @param bytes of all
 * @param nanos spent on it, waits for the garbage collector included
 */
public record MemoryCost(long blocks, long recycled, long bytes, long nanos) {
  static final MemoryCost NOTHING = new MemoryCost(0, 0, 0, 0);

  MemoryCost plus(boolean used, long more, long time) {
    return new MemoryCost(blocks + 1, recycled + (used ? 1 : 0), bytes + more, nanos + time);
  }
}
