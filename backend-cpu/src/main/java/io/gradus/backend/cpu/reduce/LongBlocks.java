package io.gradus.backend.cpu.reduce;

/** Reductions of one block of neighbouring i64 elements; the JIT makes vectors of these loops. */
final class LongBlocks {
  private LongBlocks() {}

  static long sum(long[] a, int o, int n) {
    long s = 0;
    for (int p = o; p < o + n; p++) {
      s += a[p];
    }
    return s;
  }

  static long product(long[] a, int o, int n) {
    long s = 1;
    for (int p = o; p < o + n; p++) {
      s *= a[p];
    }
    return s;
  }

  static long max(long[] a, int o, int n) {
    long m = Long.MIN_VALUE;
    for (int p = o; p < o + n; p++) {
      m = Math.max(m, a[p]);
    }
    return m;
  }

  static long min(long[] a, int o, int n) {
    long m = Long.MAX_VALUE;
    for (int p = o; p < o + n; p++) {
      m = Math.min(m, a[p]);
    }
    return m;
  }

  static boolean anyNonZero(long[] a, int o, int n) {
    for (int p = o; p < o + n; p++) {
      if (a[p] != 0) {
        return true;
      }
    }
    return false;
  }

  static boolean anyZero(long[] a, int o, int n) {
    for (int p = o; p < o + n; p++) {
      if (a[p] == 0) {
        return true;
      }
    }
    return false;
  }

  /** Where the value is first found. */
  static int find(long[] a, int o, int n, long value) {
    for (int p = 0; p < n; p++) {
      if (a[o + p] == value) {
        return p;
      }
    }
    throw new IllegalStateException("an extreme value is among the elements");
  }
}
