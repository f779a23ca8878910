package io.gradus.backend.cpu.index;

import io.gradus.backend.cpu.lanes.Lanes;

/** Rows of f32. */
final class FloatRows {
  private static final boolean VECTOR = Lanes.isVector();

  private FloatRows() {}

  /** Whether rows of so many elements move as vectors, in half of the time of one call a row. */
  static boolean movesVectors(int size) {
    return VECTOR && size >= FloatVectorRows.LENGTH;
  }

  /** {@code to[t + i] += from[f + i step]}; the step is 1 or 0. */
  static void add(float[] to, int t, float[] from, int f, int step, int n) {
    int done = 0;
    if (step == 1 && VECTOR) {
      done = FloatVectorRows.add(to, t, from, f, n);
    }
    if (step == 1) {
      for (int i = done; i < n; i++) {
        to[t + i] += from[f + i];
      }
    } else {
      float value = from[f];
      for (int i = 0; i < n; i++) {
        to[t + i] += value;
      }
    }
  }
}
