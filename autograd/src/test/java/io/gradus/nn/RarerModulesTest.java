package io.gradus.nn;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.gradus.Options;
import io.gradus.Tensor;
import io.gradus.nn.loss.AdaptiveLogSoftmaxWithLoss;
import io.gradus.nn.norm.CrossMapLRN2d;
import io.gradus.tensor.dtype.DType;
import io.gradus.tensor.error.InvalidArgumentException;
import io.gradus.tensor.error.ShapeException;
import io.gradus.tensor.error.TensorIndexException;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Expected numbers are PyTorch's (2.13), for inputs and parameters of {@link #pattern}. */
class RarerModulesTest {
  private static final float NEAR = 3e-6f;

  /** Numbers from -0.5 to 0.5. */
  private static Tensor pattern(long... shape) {
    long n = 1;
    for (long s : shape) {
      n *= s;
    }
    return Tensor.arange(n).mul(37).remainder(101).to(DType.F32).div(101).sub(0.5).view(shape);
  }

  private static void assertNear(Tensor actual, float... expected) {
    assertArrayEquals(expected, actual.detach().contiguous().floatArray(), NEAR);
  }

  private static AdaptiveLogSoftmaxWithLoss adaptive() {
    AdaptiveLogSoftmaxWithLoss m =
        new AdaptiveLogSoftmaxWithLoss(8, 10, new int[] {3, 6}, 2, true, Options.DEFAULT);
    m.parameters().forEach(p -> p.detach().copy_(pattern(p.shape().toArray())));
    return m;
  }

  @Test
  @DisplayName("S12.3 the adaptive softmax, its loss and its gradients are PyTorch's")
  void adaptiveLogSoftmax() {
    AdaptiveLogSoftmaxWithLoss m = adaptive();
    assertEquals(
        List.of(
            "head.weight",
            "head.bias",
            "tail.0.0.weight",
            "tail.0.1.weight",
            "tail.1.0.weight",
            "tail.1.1.weight"),
        List.copyOf(m.stateDict().keySet()));
    Tensor x = pattern(5, 8).mul(3).requiresGrad_(true);
    Tensor target = Tensor.tensor(0L, 7L, 4L, 2L, 9L);
    AdaptiveLogSoftmaxWithLoss.Result result = m.call(x, target);
    assertNear(result.output(), -0.52646351f, -4.8143301f, -3.7708788f, -1.7856332f, -2.0970538f);
    assertNear(result.loss(), 2.5988717f);
    result.loss().backward();
    assertNear(
        x.grad().select(0, 1),
        0.095384389f,
        0.025205862f,
        0.036360361f,
        -0.11931272f,
        0.02822059f,
        0.0393751f,
        -0.15958895f,
        0.031235324f);
    assertNear(
        m.namedParameters().get("head.weight").grad().select(0, 3),
        -0.093498573f,
        -0.0062822476f,
        -0.046968572f,
        -0.12856065f,
        -0.017278567f,
        -0.057964861f,
        0.40740901f,
        -0.028274857f);
    assertNear(
        m.namedParameters().get("tail.1.0.weight").grad().select(0, 1),
        0.11816934f,
        -0.03690806f,
        0.052746058f,
        -0.16372572f,
        -0.012677217f,
        0.07697691f,
        -0.13949488f,
        0.011553627f);
    assertNear(
        m.logProb(x).select(0, 1),
        -2.2677517f,
        -0.54757732f,
        -1.5303731f,
        -4.7833066f,
        -4.0209308f,
        -4.2827196f,
        -4.7885928f,
        -4.8143301f,
        -3.4862292f,
        -4.2343955f);
    assertArrayEquals(new long[] {0, 1, 2, 2, 2}, m.predict(x).longArray());
    AdaptiveLogSoftmaxWithLoss.Result single = m.call(x.select(0, 1), Tensor.scalar(7L));
    assertEquals(0, single.output().dim());
    assertNear(single.output(), -4.8143296f);
  }

  @Test
  void theAdaptiveSoftmaxRefusesWhatDoesNotFit() {
    AdaptiveLogSoftmaxWithLoss m = adaptive();
    assertThrows(
        TensorIndexException.class,
        () -> m.call(Tensor.ones(1, 8), Tensor.tensor(new long[] {10})));
    assertThrows(ShapeException.class, () -> m.call(Tensor.ones(2, 8), Tensor.tensor(1L)));
    assertThrows(ShapeException.class, () -> m.call(Tensor.ones(1, 7), Tensor.tensor(1L)));
    for (int[] cutoffs : new int[][] {{}, {0}, {10}, {4, 4}, {5, 3}}) {
      assertThrows(
          InvalidArgumentException.class, () -> new AdaptiveLogSoftmaxWithLoss(8, 10, cutoffs));
    }
  }

  @Test
  @DisplayName("S12.3 the normalisation over channels is PyTorch's for odd and even sizes")
  void crossMapLRN() {
    Tensor y = pattern(1, 5, 1, 2).mul(4).requiresGrad_(true);
    Tensor odd = new CrossMapLRN2d(3, 0.5, 0.75, 2).call(y);
    assertNear(
        odd,
        -0.92125672f,
        -0.27083427f,
        0.42833775f,
        -0.74706441f,
        -0.059950251f,
        0.61610055f,
        -0.48160604f,
        0.13097765f,
        0.68736529f,
        -0.45432439f);
    odd.sum().backward();
    assertEquals(y.shape(), y.grad().shape());
    assertNear(
        new CrossMapLRN2d(4, 0.5, 0.75, 2).call(y),
        -0.97446245f,
        -0.28103393f,
        0.45314988f,
        -0.78852266f,
        -0.064157344f,
        0.65066695f,
        -0.52263319f,
        0.13578302f,
        0.74583465f,
        -0.46105987f);
    assertNear(
        new CrossMapLRN2d(1, 0.5, 0.75, 2).call(y).narrow(1, 0, 1), -0.70710677f, -0.30186781f);
    assertThrows(ShapeException.class, () -> new CrossMapLRN2d(3).call(Tensor.ones(1, 2, 3)));
    assertThrows(InvalidArgumentException.class, () -> new CrossMapLRN2d(0));
  }

  @Test
  void adaptivePoolsTakeTheLastOfSeveralNaNs() {
    float n = Float.NaN;
    Tensor line = Tensor.tensor(1f, n, 2f, n, 3f).view(1, 1, 5);
    assertArrayEquals(new long[] {3}, Pooling.adaptiveMaxPool(line, 1, 1).indices().longArray());
    Tensor square = Tensor.tensor(1f, n, 2f, n, 5f, n, 0f, n, 9f).view(1, 1, 3, 3);
    assertArrayEquals(
        new long[] {7}, Pooling.adaptiveMaxPool(square, 2, 1, 1).indices().longArray());
    assertArrayEquals(
        new long[] {3, 5, 7, 7}, Pooling.adaptiveMaxPool(square, 2, 2, 2).indices().longArray());
  }

  @Test
  void windowsTooLargeToCountAreRefused() {
    Tensor x = Tensor.ones(1, 1, 5);
    PoolOptions huge = PoolOptions.of(Long.MAX_VALUE / 2);
    InvalidArgumentException e =
        assertThrows(InvalidArgumentException.class, () -> Pooling.maxPool(x, 1, huge));
    assertEquals(true, String.valueOf(e.getMessage()).contains("at most 2147483647"));
  }
}
