package io.gradus.nn;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gradus.GradCheck;
import io.gradus.Tensor;
import io.gradus.ValuesIndices;
import io.gradus.tensor.dtype.DType;
import io.gradus.tensor.error.DTypeException;
import io.gradus.tensor.error.InvalidArgumentException;
import io.gradus.tensor.error.ShapeException;
import io.gradus.tensor.layout.Shape;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Gradients of layers by hand against those of the layers, and pools of other kinds. */
class LayerGradientsTest {
  private static final double TOLERANCE = 1e-12;

  private static Tensor waves(long... shape) {
    return Tensor.arange((double) Shape.of(shape).numel()).to(DType.F64).sin().reshape(shape);
  }

  @Test
  void maxPoolBackwardIsTheGradientOfMaxPool() {
    Tensor x = waves(2, 3, 4, 5).requiresGrad_(true);
    ValuesIndices found = Pooling.maxPool(x, 2, PoolOptions.of(3).stride(1));
    Tensor g = waves(2, 3, 2, 3).add(2);

    found.values().backward(g);

    assertArrayEquals(
        x.grad().flatten().doubleArray(),
        LayerGradients.maxPoolBackward(g, x, 2, found.indices()).flatten().doubleArray(),
        TOLERANCE);
    assertThrows(
        ShapeException.class,
        () -> LayerGradients.maxPoolBackward(waves(2, 3, 2, 2), x, 2, found.indices()));
  }

  @Test
  void softmaxBackwardIsTheGradientOfSoftmaxTwice() {
    Tensor g = waves(2, 3).requiresGrad_(true);
    Tensor y = waves(2, 3).softmax(1).detach().requiresGrad_(true);

    assertTrue(
        GradCheck.gradcheck(
            t -> List.of(LayerGradients.softmaxBackward(t.get(0), t.get(1), 1)), g, y));
    assertTrue(
        GradCheck.gradgradcheck(
            t -> List.of(LayerGradients.softmaxBackward(t.get(0), t.get(1), 1)), g, y));
    assertThrows(ShapeException.class, () -> LayerGradients.softmaxBackward(g, waves(3, 2), 1));
    assertThrows(DTypeException.class, () -> LayerGradients.softmaxBackward(g, y.to(DType.F32), 1));
  }

  @Test
  void dropoutBackwardKeepsWhatTheMaskKeeps() {
    Tensor g = Tensor.tensor(1.0, 2.0, 3.0);
    Tensor mask = Tensor.tensor(true, false, true);

    assertArrayEquals(
        new double[] {4, 0, 12}, LayerGradients.dropoutBackward(g, mask, 4).doubleArray(), 0);
    assertThrows(DTypeException.class, () -> LayerGradients.dropoutBackward(g, g, 4));
  }

  @Test
  void fractionalWindowsStartWhereTheSamplesSay() {
    // 7 wide, 2 of a window, 3 out: steps of 2.5; with 0.5: 0, 2; the last one at the end.
    Tensor x = Tensor.arange(7.0).to(DType.F64).reshape(1, 1, 1, 7).expand(1, 1, 2, 7);
    Tensor samples = Tensor.tensor(0.5, 0.0).to(DType.F64).reshape(1, 1, 2);

    ValuesIndices found =
        FractionalPooling.fractionalMaxPool(x, 2, new long[] {2, 2}, new long[] {1, 3}, samples);

    assertArrayEquals(new double[] {1, 3, 6}, found.values().flatten().doubleArray(), 0);
    assertArrayEquals(new long[] {1, 3, 6}, found.indices().flatten().longArray());
  }

  @Test
  void fractionalPoolsHaveGradientsAndRefuseWindowsThatAreTooLarge() {
    Tensor x = waves(2, 5, 5, 5).requiresGrad_(true);
    Tensor samples = waves(1, 2, 3).abs();
    long[] two = {2};

    assertTrue(
        GradCheck.gradcheck(
            t -> FractionalPooling.fractionalMaxPool(t, 3, two, two, samples).values(), x));
    assertEquals(
        Shape.of(2, 2, 2, 2),
        FractionalPooling.fractionalMaxPool(x, 3, two, two, null).values().shape());
    assertThrows(
        ShapeException.class,
        () -> FractionalPooling.fractionalMaxPool(x, 3, two, new long[] {5}, samples));
    assertThrows(
        ShapeException.class,
        () -> FractionalPooling.fractionalMaxPool(x, 3, two, two, waves(1, 2, 2)));
    assertThrows(
        DTypeException.class,
        () -> FractionalPooling.fractionalMaxPool(x, 3, two, two, samples.to(DType.F32)));
    assertThrows(
        InvalidArgumentException.class,
        () -> FractionalPooling.fractionalMaxPool(x, 3, new long[] {0}, two, samples));
  }

  @Test
  void powerPoolsAreNormsOfWindows() {
    Tensor x = Tensor.tensor(3.0, 4.0, 6.0, 8.0).to(DType.F64).reshape(1, 1, 4);

    Tensor out = PowerPooling.lpPool(x, 1, 2, PoolOptions.of(2));

    assertArrayEquals(new double[] {5, 10}, out.flatten().doubleArray(), TOLERANCE);
    assertTrue(
        GradCheck.gradcheck(
            t -> PowerPooling.lpPool(t, 2, 3, PoolOptions.of(2)),
            waves(1, 2, 4, 4).add(2).requiresGrad_(true)));
    assertThrows(
        InvalidArgumentException.class, () -> PowerPooling.lpPool(x, 1, 0, PoolOptions.of(2)));
    assertThrows(
        InvalidArgumentException.class,
        () -> PowerPooling.lpPool(x, 1, 2, PoolOptions.of(2).padding(1)));
  }

  @Test
  void cubicSamplingGoesThroughTheElementsAndHasGradients() {
    Tensor image = waves(1, 2, 4, 5);
    Tensor theta = Tensor.tensor(new double[][] {{1, 0, 0}, {0, 1, 0}}).to(DType.F64).unsqueeze(0);
    Tensor same = GridSampling.affineGrid(theta, new long[] {1, 2, 4, 5}, true);

    Tensor out =
        GridSampling.gridSample(
            image, same, GridSampling.Mode.BICUBIC, GridSampling.Padding.BORDER, true);

    assertArrayEquals(image.flatten().doubleArray(), out.flatten().doubleArray(), TOLERANCE);
    Tensor grid = waves(1, 2, 3, 2).mul(0.7).requiresGrad_(true);
    assertTrue(
        GradCheck.gradcheck(
            t ->
                List.of(
                    GridSampling.gridSample(
                        t.get(0),
                        t.get(1),
                        GridSampling.Mode.BICUBIC,
                        GridSampling.Padding.ZEROS,
                        false)),
            image.clone().requiresGrad_(true),
            grid));
    assertThrows(
        InvalidArgumentException.class,
        () ->
            GridSampling.gridSample(
                waves(1, 1, 2, 2, 2),
                waves(1, 2, 2, 2, 3),
                GridSampling.Mode.BICUBIC,
                GridSampling.Padding.ZEROS,
                false));
  }
}
