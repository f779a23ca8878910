package io.gradus.nn;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gradus.GradCheck;
import io.gradus.Tensor;
import io.gradus.nn.Interpolation.Mode;
import io.gradus.tensor.dtype.DType;
import io.gradus.tensor.error.InvalidArgumentException;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Bytes and halves: rounded where PyTorch rounds. Expected values are PyTorch's. */
class RoundingTest {
  private static final double TOLERANCE = 1e-12;

  private static Tensor bytes() {
    return Tensor.arange(16).mul(37).remainder(251).to(DType.U8).reshape(1, 1, 4, 4);
  }

  @Test
  void bytesAreInterpolatedInFixedPoint() {
    long[] size = {3, 5};

    Tensor linear = Interpolation.interpolate(bytes(), size, Mode.LINEAR, false);
    Tensor cubic = Interpolation.interpolate(bytes(), size, Mode.BICUBIC, false);

    assertArrayEquals(
        new long[] {25, 51, 81, 97, 94, 97, 123, 153, 144, 82, 168, 194, 119, 44, 70},
        linear.flatten().longArray());
    assertArrayEquals(
        new long[] {23, 46, 83, 100, 94, 94, 117, 178, 169, 78, 168, 216, 118, 21, 73},
        cubic.flatten().longArray());
  }

  @Test
  void bytesAreSmoothedInFixedPoint() {
    long[] size = {2, 3};

    Tensor linear = Interpolation.interpolateAntialias(bytes(), size, Mode.LINEAR, false);
    Tensor cubic = Interpolation.interpolateAntialias(bytes(), size, Mode.BICUBIC, false);

    assertArrayEquals(new long[] {81, 126, 94, 134, 125, 90}, linear.flatten().longArray());
    assertArrayEquals(new long[] {73, 130, 93, 140, 126, 87}, cubic.flatten().longArray());
  }

  @Test
  void smoothingTakesFactorsToo() {
    Tensor x = Tensor.arange(12.0).to(DType.F64).reshape(1, 1, 3, 4).requiresGrad_(true);
    double[] factors = {1.7, 0.6};

    Tensor y = Interpolation.interpolateAntialias(x, factors, Mode.LINEAR, false);

    double[] expected = {
      0.4285714285714287, 2.0, 1.957983193277311, 3.5294117647058822, 4.3109243697479,
      5.882352941176471, 6.663865546218488, 8.23529411764706, 8.428571428571427, 10.0
    };
    assertArrayEquals(expected, y.flatten().doubleArray(), TOLERANCE);
    assertTrue(
        GradCheck.gradcheck(
            t -> Interpolation.interpolateAntialias(t, factors, Mode.LINEAR, false), x));
    assertThrows(
        InvalidArgumentException.class,
        () -> Interpolation.interpolateAntialias(x, new double[3], Mode.LINEAR, false));
  }

  @Test
  void statisticsOfHalvesAreHalves() {
    Tensor x = Tensor.arange(10.0).mul(3).sin().mul(9).to(DType.BF16).reshape(1, 2, 5);

    Tensor y = Normalizations.instanceNorm(x, null, null, null, null, true, 0.1, 0.6);

    double[] expected = {
      0.1552734375, 0.5703125, -0.6640625, 1.3671875, -1.421875,
      0.60546875, -1.1171875, 0.8359375, -1.3046875, 0.984375
    };
    assertArrayEquals(expected, y.flatten().doubleArray(), 0);
  }

  @Test
  void meansOfVolumesOfHalvesAreAddedUpInHalves() {
    Tensor x = Tensor.arange(16.0).mul(0.3).sin().to(DType.BF16).reshape(1, 1, 2, 2, 4).mul(7);

    Tensor two = Pooling.adaptiveAvgPool(x, 3, 1, 1, 2);
    Tensor one = Pooling.adaptiveAvgPool(x, 3, 1);

    assertArrayEquals(new double[] {1.9296875, 1.140625}, two.flatten().doubleArray(), 0);
    assertEquals(x.mean().item().doubleValue(), one.item().doubleValue(), 0);
    assertEquals(0, Pooling.adaptiveAvgPool(x, 3, 0).numel());
  }

  @Test
  void logSoftmaxOfHalvesKeepsItsSumInHalvesAlongTheLastDimension() {
    Tensor x = Tensor.tensor(-6.84375, -6.03125, 4.3125).to(DType.BF16);

    assertArrayEquals(new double[] {-11.125, -10.375, 0}, x.logSoftmax(0).doubleArray(), 0);
    assertArrayEquals(
        new double[] {-11.1875, -10.375, -4.649162292480469e-05},
        x.unsqueeze(1).logSoftmax(0).flatten().doubleArray(),
        0);
  }

  @Test
  @DisplayName("S6.2 a number is rounded to half in sums, differences and powers, not in products")
  void numbersAreRoundedInSumsOnly() {
    Tensor one = Tensor.tensor(1.0).to(DType.BF16);
    double number = 8.396163642458497;

    assertEquals(7.375, one.rsub(number).item().doubleValue(), 0);
    assertEquals(-7.375, one.sub(number).item().doubleValue(), 0);
    assertEquals(-7.375, one.add(-number).item().doubleValue(), 0);
    assertEquals(-7.375, one.clone().sub_(number).item().doubleValue(), 0);
    assertEquals(8.375, one.mul(number).item().doubleValue(), 0);
    assertEquals(
        16.75, one.add(1).mul(number).item().doubleValue(), 0, "2 times 8.396 is nearest to 16.75");
    Tensor base = Tensor.tensor(64.0).to(DType.BF16);
    assertEquals(78, base.pow(1.05).item().doubleValue(), 0);
  }
}
