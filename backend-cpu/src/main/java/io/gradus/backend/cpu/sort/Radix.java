package io.gradus.backend.cpu.sort;

import io.gradus.backend.cpu.Borrowed;
import io.gradus.backend.cpu.Workers;
import java.util.Arrays;

/** Stable radix sorts of signed 64-bit keys, least significant digit first. */
final class Radix {
  private static final int BITS = 11;
  private static final int DIGITS = 1 << BITS;

  /** Below, the counting of digits costs more than comparing. */
  static final int SMALL = 3000;

  /** Parts that threads take, and their least size. */
  private static final int PARTS = 16;

  private static final int PART = 1 << 15;

  private Radix() {}

  /**
   * Sorts many keys whose low half, a position, already ascends.
   *
   * @param other as long, overwritten
   * @return whichever of the arrays holds the sorted keys
   */
  static long[] sort(long[] keys, long[] other, int n) {
    long[] from = keys;
    long[] to = other;
    int part = Math.max(PART, (n + PARTS - 1) / PARTS);
    int parts = (n + part - 1) / part;
    int[][] at = new int[parts][DIGITS];
    for (int shift = 32; shift < 64; shift += BITS) {
      long[] in = from;
      long[] out = to;
      int low = shift;
      Workers.run(
          parts, 1, (first, last) -> count(in, (int) first * part, n, part, low, at[(int) first]));
      if (!starts(at)) {
        continue;
      }
      Workers.run(
          parts,
          1,
          (first, last) -> move(in, (int) first * part, n, part, low, at[(int) first], out));
      long[] swap = from;
      from = to;
      to = swap;
    }
    return from;
  }

  private static void count(long[] keys, int begin, int n, int part, int shift, int[] counts) {
    Arrays.fill(counts, 0);
    int end = Math.min(n, begin + part);
    for (int i = begin; i < end; i++) {
      counts[digit(keys[i], shift)]++;
    }
  }

  private static void move(
      long[] from, int begin, int n, int part, int shift, int[] at, long[] to) {
    int end = Math.min(n, begin + part);
    for (int i = begin; i < end; i++) {
      long key = from[i];
      to[at[digit(key, shift)]++] = key;
    }
  }

  /** Turns the counts of each part into where its keys go; false if all have one digit. */
  private static boolean starts(int[][] counts) {
    int sum = 0;
    int used = 0;
    for (int d = 0; d < DIGITS; d++) {
      int before = sum;
      for (int[] part : counts) {
        int count = part[d];
        part[d] = sum;
        sum += count;
      }
      used += sum > before ? 1 : 0;
    }
    return used > 1;
  }

  /** Sorts keys and carries their positions along. */
  static void sort(long[] keys, int[] order, int n) {
    if (n < SMALL) {
      merge(keys, order, n);
      return;
    }
    try (Borrowed<long[]> other = Borrowed.longs(n);
        Borrowed<int[]> otherOrder = Borrowed.ints(n)) {
      sort(keys, order, n, other.array(), otherOrder.array());
    }
  }

  private static void sort(long[] keys, int[] order, int n, long[] other, int[] otherOrder) {
    long[] from = keys;
    long[] to = other;
    int[] fromOrder = order;
    int[] toOrder = otherOrder;
    for (int shift = 0; shift < 64; shift += BITS) {
      int[] at = starts(from, n, shift);
      if (at.length == 0) {
        continue;
      }
      for (int i = 0; i < n; i++) {
        int p = at[digit(from[i], shift)]++;
        to[p] = from[i];
        toOrder[p] = fromOrder[i];
      }
      long[] swap = from;
      from = to;
      to = swap;
      int[] swapOrder = fromOrder;
      fromOrder = toOrder;
      toOrder = swapOrder;
    }
    if (from != keys) {
      System.arraycopy(from, 0, keys, 0, n);
      System.arraycopy(fromOrder, 0, order, 0, n);
    }
  }

  private static int digit(long key, int shift) {
    return (int) ((key ^ Long.MIN_VALUE) >>> shift) & (DIGITS - 1);
  }

  /** Where each digit's keys start; empty if all keys have one digit. */
  private static int[] starts(long[] keys, int n, int shift) {
    int[] at = new int[DIGITS];
    for (int i = 0; i < n; i++) {
      at[digit(keys[i], shift)]++;
    }
    if (at[digit(keys[0], shift)] == n) {
      return new int[0];
    }
    int sum = 0;
    for (int d = 0; d < DIGITS; d++) {
      int count = at[d];
      at[d] = sum;
      sum += count;
    }
    return at;
  }

  /** Bottom-up merge sort of positions by key; the keys stay where they are. */
  private static void merge(long[] keys, int[] order, int n) {
    int[] from = order;
    int[] to = new int[n];
    for (int width = 1; width < n; width *= 2) {
      for (int low = 0; low < n; low += 2 * width) {
        int middle = Math.min(n, low + width);
        int high = Math.min(n, low + 2 * width);
        int i = low;
        int j = middle;
        for (int p = low; p < high; p++) {
          to[p] = j >= high || i < middle && keys[from[i]] <= keys[from[j]] ? from[i++] : from[j++];
        }
      }
      int[] swap = from;
      from = to;
      to = swap;
    }
    if (from != order) {
      System.arraycopy(from, 0, order, 0, n);
    }
  }
}
