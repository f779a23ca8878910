package io.gradus.backend.cpu.reduce;

/** Reductions of one block of neighbouring i32 elements; the JIT makes vectors of these loops. */
final class IntBlocks {
  private IntBlocks() {}

  static int sum(int[] a, int o, int n) {
    int s = 0;
    for (int p = o; p < o + n; p++) {
      s += a[p];
    }
    return s;
  }

  static int product(int[] a, int o, int n) {
    int s = 1;
    for (int p = o; p < o + n; p++) {
      s *= a[p];
    }
    return s;
  }

  static int max(int[] a, int o, int n) {
    int m = Integer.MIN_VALUE;
    for (int p = o; p < o + n; p++) {
      m = Math.max(m, a[p]);
    }
    return m;
  }

  static int min(int[] a, int o, int n) {
    int m = Integer.MAX_VALUE;
    for (int p = o; p < o + n; p++) {
      m = Math.min(m, a[p]);
    }
    return m;
  }

  static boolean anyNonZero(int[] a, int o, int n) {
    for (int p = o; p < o + n; p++) {
      if (a[p] != 0) {
        return true;
      }
    }
    return false;
  }

  static boolean anyZero(int[] a, int o, int n) {
    for (int p = o; p < o + n; p++) {
      if (a[p] == 0) {
        return true;
      }
    }
    return false;
  }

  /** Where the value is first found. */
  static int find(int[] a, int o, int n, int value) {
    for (int p = 0; p < n; p++) {
      if (a[o + p] == value) {
        return p;
      }
    }
    throw new IllegalStateException("an extreme value is among the elements");
  }
}
