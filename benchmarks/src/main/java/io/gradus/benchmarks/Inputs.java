package io.gradus.benchmarks;

import java.util.SplittableRandom;

/** Numbers to compute with: the same for every library. */
public final class Inputs {
  /** How many differ; longer arrays repeat them, since drawing 16M takes longer than measuring. */
  private static final int DISTINCT = 1 << 20;

  private Inputs() {}

  /** Normal numbers. */
  public static float[] normal(int n, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    float[] values = new float[n];
    for (int i = 0; i < n; i++) {
      values[i] = i < DISTINCT ? (float) random.nextGaussian() : values[i - DISTINCT];
    }
    return values;
  }

  /** The same in double precision. */
  public static double[] normalDoubles(int n, long seed) {
    float[] floats = normal(n, seed);
    double[] values = new double[n];
    for (int i = 0; i < n; i++) {
      values[i] = floats[i];
    }
    return values;
  }

  /** Numbers below a bound, all equally likely. */
  public static long[] indices(int n, int bound, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    long[] values = new long[n];
    for (int i = 0; i < n; i++) {
      values[i] = random.nextInt(bound);
    }
    return values;
  }

  /** The classes of a batch: 0 to 9 in turn. */
  public static long[] classes(int n) {
    long[] values = new long[n];
    for (int i = 0; i < n; i++) {
      values[i] = i % 10;
    }
    return values;
  }

  /** Parameters of a layer: uniform within the inverse root of its inputs. */
  public static float[] parameters(int n, int inputs, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    double bound = 1 / Math.sqrt(inputs);
    float[] values = new float[n];
    for (int i = 0; i < n; i++) {
      values[i] = (float) random.nextDouble(-bound, bound);
    }
    return values;
  }
}
