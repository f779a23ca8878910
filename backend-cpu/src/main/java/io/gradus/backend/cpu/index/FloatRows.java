package io.gradus.backend.cpu.index;

import io.gradus.backend.cpu.lanes.Lanes;

/** Adds rows of f32 to rows. */
final class FloatRows {
  private FloatRows() {}

  /** {@code to[t + i] += from[f + i step]}; the step is 1 or 0. */
  static void add(float[] to, int t, float[] from, int f, int step, int n) {
    int done = 0;
    if (step == 1 && Lanes.isVector()) {
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
