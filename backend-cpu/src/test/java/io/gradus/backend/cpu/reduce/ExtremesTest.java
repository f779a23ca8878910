package io.gradus.backend.cpu.reduce;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Random;
import org.junit.jupiter.api.Test;

/**
 * Largest and smallest elements of blocks are those that {@link Math} names one after the other.
 */
class ExtremesTest {
  private static final float[] SPECIAL = {
    0f,
    -0f,
    Float.MIN_VALUE,
    -Float.MIN_VALUE,
    Float.POSITIVE_INFINITY,
    Float.NEGATIVE_INFINITY,
    Float.MAX_VALUE,
    -Float.MAX_VALUE,
    1f,
    -1f,
    Float.NaN,
    Float.intBitsToFloat(0xffc00000)
  };

  @Test
  void ofFloats() {
    Random random = new Random(3);
    for (int n : new int[] {1, 63, 64, 65, 128, 200}) {
      for (int among = 1; among <= SPECIAL.length; among++) {
        float[] a = new float[n + 1];
        float max = Float.NEGATIVE_INFINITY;
        float min = Float.POSITIVE_INFINITY;
        int skipped = random.nextInt(SPECIAL.length);
        for (int i = 1; i <= n; i++) {
          a[i] = SPECIAL[(skipped + random.nextInt(among)) % SPECIAL.length];
          max = Math.max(max, a[i]);
          min = Math.min(min, a[i]);
        }
        assertEquals(Float.floatToIntBits(max), Float.floatToIntBits(FloatBlocks.max(a, 1, n)));
        assertEquals(Float.floatToIntBits(min), Float.floatToIntBits(FloatBlocks.min(a, 1, n)));
      }
    }
  }

  @Test
  void ofDoubles() {
    Random random = new Random(4);
    for (int n : new int[] {1, 63, 64, 65, 128, 200}) {
      for (int among = 1; among <= SPECIAL.length; among++) {
        double[] a = new double[n + 1];
        double max = Double.NEGATIVE_INFINITY;
        double min = Double.POSITIVE_INFINITY;
        int skipped = random.nextInt(SPECIAL.length);
        for (int i = 1; i <= n; i++) {
          a[i] = SPECIAL[(skipped + random.nextInt(among)) % SPECIAL.length];
          max = Math.max(max, a[i]);
          min = Math.min(min, a[i]);
        }
        assertEquals(
            Double.doubleToLongBits(max), Double.doubleToLongBits(DoubleBlocks.max(a, 1, n)));
        assertEquals(
            Double.doubleToLongBits(min), Double.doubleToLongBits(DoubleBlocks.min(a, 1, n)));
      }
    }
  }
}
