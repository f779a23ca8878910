package io.gradus.backend.cpu.lanes;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gradus.tensor.dtype.ComputeType;
import io.gradus.tensor.kernel.Recipes;
import io.gradus.tensor.kernel.ScalarMeaning;
import io.gradus.tensor.kernel.ScalarOp;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Every recipe against the {@code f64} meaning: for a sample of all {@code f32} numbers, or for all
 * 2^32 of them with {@code -Dgradus.exhaustive=true}.
 */
class RecipeAccuracyTest {
  private static final int STEP = Boolean.getBoolean("gradus.exhaustive") ? 1 : 9973;
  private static final int BLOCK = 4096;

  @ParameterizedTest
  @CsvSource({
    "EXP, 1.1",
    "EXPM1, 1.5",
    "EXP2, 1.1",
    "LOG, 1.0",
    "LOG1P, 1.2",
    "LOG2, 1.6",
    "LOG10, 1.4",
    "RSQRT, 1.5",
    "SIN, 1.7",
    "COS, 1.7",
    "TAN, 0.51",
    "ATAN, 0.51",
    "SINH, 0.51",
    "COSH, 0.51",
    "TANH, 1.4",
    "SIGMOID, 2.4",
    "ERF, 2.6",
    "ERFC, 0.51"
  })
  @DisplayName("S6.3 an f32 function is within its bound of the exact value")
  void withinItsBound(ScalarOp op, double bound) {
    float[] a = new float[BLOCK];
    float[] r = new float[BLOCK];
    long next = 0;
    while (next < 1L << 32) {
      int n = 0;
      for (; n < BLOCK && next < 1L << 32; next += STEP) {
        a[n++] = Float.intBitsToFloat((int) next);
      }
      Lanes.unary(op, a, 0, r, 0, n);
      for (int i = 0; i < n; i++) {
        check(op, a[i], r[i], ScalarMeaning.f64(op, a[i], 0, 0), bound);
      }
    }
  }

  @ParameterizedTest
  @CsvSource({
    "0, 0.001",
    "1, 0.001",
    "0, 1",
    "0.5, 0.5",
    "2, 3",
    "10, 5",
    "-3, 2",
    "-3, 3",
    "0.99, 1000"
  })
  void powersAreRoundedCorrectlyButForTies(float base, float spread) {
    java.util.Random random = new java.util.Random(7);
    int n = 3000;
    float[] a = new float[n];
    float[] b = new float[n];
    float[] r = new float[n];
    for (int i = 0; i < n; i++) {
      a[i] =
          Math.scalb(base + spread * random.nextFloat(), i % 7 == 0 ? random.nextInt(60) - 30 : 0);
      b[i] = i % 3 == 0 ? random.nextInt(21) - 10 : (float) random.nextGaussian() * 20;
    }
    Lanes.binary(ScalarOp.POW, a, 0, b, 0, r, 0, n);
    for (int i = 0; i < n; i++) {
      check(ScalarOp.POW, a[i], r[i], ScalarMeaning.f64(ScalarOp.POW, a[i], b[i], 0), 0.51);
    }
  }

  @ParameterizedTest
  @CsvSource({"POW"})
  void powersOfSpecialNumbersAreThoseOfC(ScalarOp op) {
    float inf = Float.POSITIVE_INFINITY;
    float[] special = {
      0,
      -0f,
      1,
      -1,
      2,
      -2,
      0.5f,
      -0.5f,
      3,
      -3,
      1.5f,
      -1.5f,
      inf,
      -inf,
      Float.NaN,
      Float.MIN_VALUE,
      -Float.MIN_VALUE,
      Float.MAX_VALUE,
      -Float.MAX_VALUE,
      16777215,
      16777216
    };
    for (float x : special) {
      for (float y : special) {
        float[] r = new float[1];
        Lanes.binary(op, new float[] {x}, 0, new float[] {y}, 0, r, 0, 1);
        check(op, x, r[0], ScalarMeaning.f64(op, x, y, 0), 0.51);
      }
    }
  }

  @ParameterizedTest
  @CsvSource({"EXP", "POW", "ERFC", "SIN", "RSQRT"})
  void onlyF32HasRecipes(ScalarOp op) {
    assertTrue(Recipes.expand(op, ComputeType.F32) != null);
    assertTrue(Recipes.expand(op, ComputeType.F64) == null);
  }

  private static void check(ScalarOp op, float x, float got, double exact, double bound) {
    float rounded = (float) exact;
    if (Float.compare(rounded, got) == 0) {
      return;
    }
    boolean close =
        !Float.isNaN(rounded)
            && !Float.isNaN(got)
            && (rounded != 0 || got != 0)
            && Math.abs(finite(got) - exact) <= bound * unit(exact);
    assertTrue(close, () -> op + "(" + x + ") = " + got + ", not " + exact);
  }

  /** The number that an infinity stands for when it comes from rounding. */
  private static double finite(float x) {
    return Float.isInfinite(x) ? Math.copySign(0x1p128, x) : x;
  }

  private static double unit(double x) {
    double m = Math.abs(x);
    return m < Float.MIN_NORMAL
        ? Float.MIN_VALUE
        : Math.scalb(1.0, Math.min(Math.getExponent(m), 127) - 23);
  }
}
