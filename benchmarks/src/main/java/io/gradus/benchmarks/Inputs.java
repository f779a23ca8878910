package io.gradus.benchmarks;

import java.util.Random;

/** Numbers to compute with. */
final class Inputs {
  private Inputs() {}

  static float[] normal(int n, long seed) {
    Random random = new Random(seed);
    float[] values = new float[n];
    for (int i = 0; i < n; i++) {
      values[i] = (float) random.nextGaussian();
    }
    return values;
  }
}
