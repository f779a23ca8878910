package io.gradus.backend.cpu.sort;

/** Finds the smallest few of many distinct keys without sorting the rest. */
final class Smallest {
  private Smallest() {}

  /** Moves the {@code count} smallest of n keys to the front, in no particular order. */
  static void of(long[] keys, int n, int count) {
    // A heap of the smallest so far with the largest of them on top.
    for (int i = count / 2 - 1; i >= 0; i--) {
      sink(keys, i, count);
    }
    for (int i = count; i < n; i++) {
      if (keys[i] < keys[0]) {
        keys[0] = keys[i];
        sink(keys, 0, count);
      }
    }
  }

  private static void sink(long[] heap, int start, int size) {
    int i = start;
    long key = heap[i];
    while (2 * i + 1 < size) {
      int child = 2 * i + 1;
      if (child + 1 < size && heap[child + 1] > heap[child]) {
        child++;
      }
      if (heap[child] <= key) {
        break;
      }
      heap[i] = heap[child];
      i = child;
    }
    heap[i] = key;
  }
}
