package io.gradus.backend.cpu.convolve;

import io.gradus.backend.cpu.lanes.Lanes;

/** Moves rows of images, with vectors where the JVM has them. */
final class FloatRows {
  private static final boolean VECTOR = Lanes.isVector();

  private FloatRows() {}

  /**
   * Copies rows of {@code n} that lie {@code ld} apart to neighbours; as many elements behind the
   * last one as a vector has are read too.
   */
  static void pack(float[] a, int ia, int ld, int n, int rows, float[] to, int o) {
    if (VECTOR) {
      FloatVectorRows.pack(a, ia, ld, n, rows, to, o);
    } else {
      for (int r = 0; r < rows; r++) {
        System.arraycopy(a, ia + r * ld, to, o + r * n, n);
      }
    }
  }

  /** {@code to[o + i toStep] = a[from + i step]} for {@code i < n}. */
  static void copy(float[] a, int from, int step, int n, float[] to, int o, int toStep) {
    if (step == 1 && toStep == 1) {
      System.arraycopy(a, from, to, o, n);
    } else if (VECTOR && step == 2 && toStep == 1 && isLong(n) && from + 2 * n <= a.length) {
      FloatVectorRows.everySecond(a, from, n, to, o);
    } else {
      for (int i = 0; i < n; i++) {
        to[o + i * toStep] = a[from + i * step];
      }
    }
  }

  /** {@code to[o + 2 i] = a[ia + i]} and {@code to[o + 2 i + 1] = a[ib + i]} for {@code i < n}. */
  static void alternate(float[] a, int ia, int ib, int n, float[] to, int o) {
    if (VECTOR && isLong(n)) {
      FloatVectorRows.alternate(a, ia, ib, n, to, o);
      return;
    }
    for (int i = 0; i < n; i++) {
      to[o + 2 * i] = a[ia + i];
      to[o + 2 * i + 1] = a[ib + i];
    }
  }

  private static boolean isLong(int n) {
    return n >= FloatVectorRows.V;
  }
}
