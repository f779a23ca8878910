package io.gradus.backend.cpu.sort;

import io.gradus.backend.cpu.Borrowed;
import java.util.Arrays;

/**
 * Elements of a line that may be among its first few, each as its key above its position; sorted
 * out whenever they become many.
 */
final class Candidates implements AutoCloseable {
  private final int kept;
  private final int room;
  private final Borrowed<long[]> memory;
  private final long[] keys;
  private int count;

  /** What a candidate has to be below; the last of the first few once there are that many. */
  private long limit = Long.MAX_VALUE;

  Candidates(int kept) {
    this.kept = kept;
    this.room = 4 * kept + 64;
    this.memory = Borrowed.longs(room);
    this.keys = memory.array();
  }

  @Override
  public void close() {
    memory.close();
  }

  void clear() {
    count = 0;
    limit = Long.MAX_VALUE;
  }

  void add(int key, int position) {
    add((long) key << 32 | position);
  }

  private void add(long candidate) {
    if (candidate < limit) {
      keys[count++] = candidate;
      if (count == room) {
        sortOut();
      }
    }
  }

  void addAll(Candidates others) {
    for (int i = 0; i < others.count; i++) {
      add(others.keys[i]);
    }
  }

  /** Whether there have been so many that some were left out. */
  boolean isLimited() {
    return limit != Long.MAX_VALUE;
  }

  /** The key that a later element has to be below; {@link #isLimited}. */
  int limit() {
    return (int) (limit >> 32);
  }

  private void sortOut() {
    Arrays.sort(keys, 0, count);
    count = kept;
    limit = keys[kept - 1];
  }

  /** The positions of the first few in order. */
  void positions(int[] to) {
    Arrays.sort(keys, 0, count);
    for (int i = 0; i < kept; i++) {
      to[i] = (int) keys[i];
    }
  }
}
