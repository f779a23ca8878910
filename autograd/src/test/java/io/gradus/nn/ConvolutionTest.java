package io.gradus.nn;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gradus.Autograd;
import io.gradus.GradCheck;
import io.gradus.Options;
import io.gradus.Tensor;
import io.gradus.ValuesIndices;
import io.gradus.nn.conv.Conv2d;
import io.gradus.nn.pool.AvgPool2d;
import io.gradus.nn.pool.MaxPool2d;
import io.gradus.tensor.dtype.DType;
import io.gradus.tensor.error.InvalidArgumentException;
import io.gradus.tensor.error.ShapeException;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class ConvolutionTest {
  private static Tensor numbers(long... shape) {
    Options f64 = Options.dtype(DType.F64);
    long n = 1;
    for (long s : shape) {
      n *= s;
    }
    return Tensor.arange(f64, n).mul(0.7).sin().reshape(shape).detach().requiresGrad_();
  }

  @Test
  void aKernelOfOneElementScalesTheImage() {
    Tensor image = numbers(1, 1, 3, 4);
    Tensor two = Tensor.full(Options.dtype(DType.F64), new long[] {1, 1, 1, 1}, 2);
    assertArrayEquals(
        image.mul(2).doubleArray(),
        Convolutions.conv2d(image, two, null, ConvOptions.DEFAULT).doubleArray());
  }

  @Test
  void gradientsOfAStridedDilatedGroupedConvolution() {
    ConvOptions o = ConvOptions.DEFAULT.stride(2, 1).padding(1).dilation(1, 2).groups(2);
    assertTrue(
        GradCheck.gradcheck(
            in -> List.of(Convolutions.conv2d(in.get(0), in.get(1), in.get(2), o)),
            numbers(2, 4, 5, 6),
            numbers(4, 2, 3, 2),
            numbers(4)));
  }

  @Test
  void gradientsOfATransposedConvolution() {
    ConvOptions o = ConvOptions.DEFAULT.stride(2).padding(1).outputPadding(1);
    assertTrue(
        GradCheck.gradcheck(
            in -> List.of(Convolutions.convTranspose2d(in.get(0), in.get(1), in.get(2), o)),
            numbers(1, 2, 3, 3),
            numbers(2, 3, 3, 2),
            numbers(3)));
  }

  @Test
  void secondGradientsOfAConvolution() {
    ConvOptions o = ConvOptions.DEFAULT.samePadding();
    assertTrue(
        GradCheck.gradgradcheck(
            in -> List.of(Convolutions.conv1d(in.get(0), in.get(1), null, o)),
            numbers(1, 2, 5),
            numbers(2, 2, 3)));
  }

  @Test
  void secondGradientsOfAConvolutionWithABias() {
    assertTrue(
        GradCheck.gradgradcheck(
            in ->
                List.of(
                    Convolutions.conv1d(in.get(0), in.get(1), in.get(2), ConvOptions.DEFAULT)
                        .square()),
            numbers(1, 2, 5),
            numbers(2, 2, 3),
            numbers(2)));
  }

  @Test
  void aBiasThatTheDeviceDoesNotTakeIsAddedInTheSameNode() {
    // The CPU takes one of the result's dtype alone, other devices none.
    long[] one = {1};
    Convolution c =
        new Convolution(new long[] {3}, new long[] {2}, new long[] {2}, one, new long[1], one, 1);
    Tensor x = numbers(1, 2, 3).detach().to(DType.F32).requiresGrad_();
    Tensor w = numbers(3, 2, 2).detach().to(DType.F32).requiresGrad_();
    Tensor bias = Tensor.tensor(1f, -2f, 4f).to(DType.F16);
    Tensor plain = c.result(x, w, null);
    Tensor y = c.result(x, w, bias);
    assertArrayEquals(plain.add(bias.reshape(1, 3, 1)).floatArray(), y.floatArray());
    assertEquals("ConvolutionBackward0", Objects.requireNonNull(y.gradFn()).name());
    List<Tensor> both = List.of(x, w);
    List<Tensor> want = Autograd.grad(List.of(plain.square().sum()), both);
    List<Tensor> got = Autograd.grad(List.of(y.sub(bias.reshape(1, 3, 1)).square().sum()), both);
    for (int i = 0; i < 2; i++) {
      assertArrayEquals(want.get(i).floatArray(), got.get(i).floatArray(), 1e-5f);
    }
  }

  @Test
  void theBiasIsPartOfTheNode() {
    Tensor image = numbers(1, 2, 3, 4);
    Tensor y =
        Convolutions.conv2d(image, numbers(3, 2, 2, 2), numbers(3), ConvOptions.DEFAULT.padding(1));
    assertEquals("ConvolutionBackward0", Objects.requireNonNull(y.gradFn()).name());
    Tensor z =
        Convolutions.convTranspose2d(y, numbers(3, 2, 2, 2), numbers(2), ConvOptions.DEFAULT);
    assertEquals("ConvolutionBackward0", Objects.requireNonNull(z.gradFn()).name());
  }

  @Test
  void theLargestOfNothingButPaddingIsMinusInfinity() {
    Tensor x = Tensor.tensor(1f, 2f, 3f).reshape(1, 1, 3);
    PoolOptions o = PoolOptions.of(2).stride(1).padding(1).dilation(4);
    assertArrayEquals(
        new float[] {Float.NEGATIVE_INFINITY}, Pooling.maxPool(x, 1, o).values().floatArray());
    Tensor whole = x.to(DType.I64);
    assertEquals(Long.MIN_VALUE, Pooling.maxPool(whole, 1, o).values().item().longValue());
    PoolOptions some = PoolOptions.of(2).stride(1).padding(1).dilation(3);
    assertArrayEquals(new float[] {3, 1}, Pooling.maxPool(x, 1, some).values().floatArray());
  }

  @Test
  void gradientsOfPools() {
    PoolOptions o = PoolOptions.of(3).stride(2).padding(1).ceilMode(true);
    assertTrue(
        GradCheck.gradcheck(
            in ->
                List.of(
                    Pooling.maxPool(in.get(0), 2, o).values(),
                    Pooling.avgPool(in.get(0), 2, o.countIncludePad(false)),
                    Pooling.adaptiveAvgPool(in.get(0), 2, 3)),
            List.of(numbers(1, 2, 5, 6)),
            GradCheck.Tolerance.DEFAULT));
  }

  @Test
  void gradientsOfInterpolation() {
    assertTrue(
        GradCheck.gradcheck(
            in ->
                List.of(
                    Interpolation.interpolate(
                        in.get(0), new long[] {5, 7}, Interpolation.Mode.BICUBIC, false),
                    Interpolation.interpolate(
                        in.get(0), new long[] {2, 3}, Interpolation.Mode.LINEAR, true)),
            List.of(numbers(1, 2, 3, 4)),
            GradCheck.Tolerance.DEFAULT));
  }

  @Test
  void aMaximumKnowsWhereItWasAndGoesBackThere() {
    Tensor image = Tensor.tensor(new float[] {1, 5, 2, 0, 3, 4, 9, 8}).reshape(1, 2, 4);
    ValuesIndices found = Pooling.maxPool(image, 2, PoolOptions.of(2));
    assertArrayEquals(new double[] {5, 9}, found.values().doubleArray());
    assertArrayEquals(new long[] {1, 6}, found.indices().longArray());
    assertArrayEquals(
        new double[] {0, 5, 0, 0, 0, 0, 9, 0},
        Pooling.maxUnpool(found.values(), found.indices(), 2, 2, 4).doubleArray());
  }

  @Test
  void foldAddsWhatUnfoldSpreads() {
    Tensor ones = Tensor.ones(1, 1, 3, 3);
    long[] two = {2};
    long[] one = {1};
    long[] none = {0};
    Tensor columns = Convolutions.unfold(ones, two, one, none, one);
    assertArrayEquals(new long[] {1, 4, 4}, columns.shape().toArray());
    assertArrayEquals(
        new double[] {1, 2, 1, 2, 4, 2, 1, 2, 1},
        Convolutions.fold(columns, new long[] {3}, two, one, none, one).doubleArray());
  }

  @Test
  void theGridOfTheIdentityReadsTheImageItself() {
    Tensor image = numbers(1, 2, 3, 4);
    Tensor theta = Tensor.eye(Options.dtype(DType.F64), 2, 3).unsqueeze(0);
    Tensor grid = GridSampling.affineGrid(theta, new long[] {1, 2, 3, 4}, true);
    Tensor same =
        GridSampling.gridSample(
            image, grid, GridSampling.Mode.LINEAR, GridSampling.Padding.ZEROS, true);
    assertArrayEquals(image.doubleArray(), same.doubleArray(), 1e-12);
  }

  @Test
  void layersTrainTheirKernels() {
    Conv2d layer = new Conv2d(2, 3, 3, ConvOptions.DEFAULT.padding(1));
    Tensor y = new MaxPool2d(2).call(layer.call(Tensor.ones(4, 2, 6, 6)));
    assertArrayEquals(new long[] {4, 3, 3, 3}, y.shape().toArray());
    new AvgPool2d(3).call(y).sum().backward();
    assertEquals(layer.weight().shape(), layer.weight().grad().shape());
    double bound = 1 / Math.sqrt(18);
    assertTrue(layer.weight().abs().max().doubleArray()[0] <= bound);
  }

  @Test
  void saysWhatDoesNotFit() {
    Tensor image = Tensor.ones(1, 3, 2, 2);
    Tensor kernel = Tensor.ones(1, 3, 3, 3);
    ShapeException large =
        assertThrows(
            ShapeException.class,
            () -> Convolutions.conv2d(image, kernel, null, ConvOptions.DEFAULT));
    assertTrue(large.getMessage().contains("Kernel size can't be greater than actual input size"));
    InvalidArgumentException pad =
        assertThrows(
            InvalidArgumentException.class,
            () -> Pooling.maxPool(image, 2, PoolOptions.of(2).padding(2)));
    assertTrue(pad.getMessage().contains("pad should be at most half"));
  }
}
