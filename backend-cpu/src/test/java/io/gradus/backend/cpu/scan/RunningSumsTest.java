package io.gradus.backend.cpu.scan;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.gradus.backend.cpu.Workers;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RunningSumsTest {
  private static float[] normal(int n) {
    Random random = new Random(n);
    float[] a = new float[n];
    for (int i = 0; i < n; i++) {
      a[i] = (float) random.nextGaussian() * (i % 97 == 0 ? 1e4f : 1);
    }
    return a;
  }

  private static float[] running(float[] a, int from, int n) {
    float[] to = new float[n + 3];
    RunningSums.run(a, from, to, 3, n);
    return to;
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 7, 8, 15, 16, 17, 1023, 1024, 1025, 40_000, 100_003})
  void everyElementIsTheSumUpToItRoundedOnce(int n) {
    float[] a = normal(n + 5);
    float[] to = running(a, 5, n);
    double s = 0;
    double magnitude = 0;
    for (int i = 0; i < n; i++) {
      s += a[5 + i];
      magnitude += Math.abs(a[5 + i]);
      assertEquals(s, to[3 + i], Math.ulp((float) s) * 0.51 + magnitude * 1e-13, "element " + i);
    }
    assertArrayEquals(new float[3], Arrays.copyOf(to, 3));
  }

  @Test
  void sumsHaveTheSameBitsForEveryNumberOfThreads() {
    int threads = Workers.threads();
    float[] a = normal(100_003);
    try {
      Workers.setThreads(1);
      float[] one = running(a, 0, a.length);
      for (int t = 2; t <= 3; t++) {
        Workers.setThreads(t);
        assertArrayEquals(one, running(a, 0, a.length));
      }
    } finally {
      Workers.setThreads(threads);
    }
  }

  @Test
  void sumsHaveTheSameBitsWithAndWithoutVectors() {
    boolean vectors = FloatSums.FIT;
    for (int n = 1; n < 200; n++) {
      float[] a = normal(n);
      float[] plain = new float[n];
      float[] other = new float[n];
      double[] sums = new double[FloatSums.STRIPES];
      FloatSums.run(false, a, 0, plain, 0, n, 0.1);
      FloatSums.run(vectors, a, 0, other, 0, n, 0.1);
      assertArrayEquals(plain, other);
      assertEquals(FloatSums.sum(false, a, 0, n, sums), FloatSums.sum(vectors, a, 0, n, sums));
    }
  }

  @Test
  void whatIsNotFiniteReachesLaterElementsOnly() {
    for (int at = 0; at < 20; at++) {
      float[] a = normal(40_000);
      a[at] = Float.POSITIVE_INFINITY;
      a[at + 2000] = Float.NEGATIVE_INFINITY;
      float[] to = running(a, 0, a.length);
      for (int i = 0; i < a.length; i++) {
        boolean before = i < at;
        boolean between = i < at + 2000;
        assertEquals(before, Float.isFinite(to[3 + i]));
        assertEquals(between, !Float.isNaN(to[3 + i]));
      }
    }
  }

  @Test
  void aSumMayReplaceItsElements() {
    float[] a = normal(50_000);
    float[] apart = running(a, 0, a.length);
    RunningSums.run(a, 0, a, 0, a.length);
    assertArrayEquals(Arrays.copyOfRange(apart, 3, apart.length), a);
  }
}
