package io.gradus.nn;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gradus.GradCheck;
import io.gradus.Tensor;
import io.gradus.tensor.dtype.DType;
import io.gradus.tensor.error.DTypeException;
import io.gradus.tensor.error.InvalidArgumentException;
import io.gradus.tensor.error.ShapeException;
import io.gradus.tensor.layout.Shape;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Attention of several heads: masks, shapes and errors; values are in the golden samples. */
class MultiHeadTest {
  private static final double TOLERANCE = 1e-12;

  private static Tensor waves(long... shape) {
    return Tensor.arange((double) Shape.of(shape).numel()).to(DType.F64).sin().reshape(shape);
  }

  private static MultiHead.Weights weights() {
    return MultiHead.Weights.packed(waves(12, 4), waves(12), waves(4, 4).add(1), waves(4));
  }

  @Test
  void oneHeadIsScaledDotProductAttention() {
    Tensor x = waves(3, 2, 4);
    Tensor in = waves(12, 4);
    Tensor identity = Tensor.eye(4).to(DType.F64);

    Tensor out =
        MultiHead.attend(
                x,
                x,
                x,
                MultiHead.Weights.packed(in, null, identity, null),
                MultiHead.Settings.of(1))
            .output();

    Tensor rows = x.transpose(0, 1);
    Tensor expected =
        Attention.scaledDotProductAttention(
            rows.matmul(in.narrow(0, 0, 4).t()),
            rows.matmul(in.narrow(0, 4, 4).t()),
            rows.matmul(in.narrow(0, 8, 4).t()),
            null,
            0,
            false,
            null,
            false);
    assertArrayEquals(
        expected.transpose(0, 1).flatten().doubleArray(), out.flatten().doubleArray(), TOLERANCE);
  }

  @Test
  void whatIsMaskedGetsNoWeight() {
    Tensor x = waves(3, 4);
    Tensor late = Tensor.arange(3).gt(Tensor.arange(3).unsqueeze(1));
    Tensor padded = Tensor.tensor(false, true, false);

    Tensor shown =
        MultiHead.attend(x, x, x, weights(), MultiHead.Settings.of(2).mask(late).padding(padded))
            .weights();

    assertEquals(Shape.of(3, 3), shown.shape());
    assertEquals(0, shown.get(0, 2).item().doubleValue(), 0);
    assertArrayEquals(new double[3], shown.select(1, 1).doubleArray(), 0);
    assertArrayEquals(new double[] {1, 1, 1}, shown.sum(1).doubleArray(), TOLERANCE);
  }

  @Test
  void addedKeysAreSeenInTheWeightsOfEachHead() {
    Tensor x = waves(3, 5, 4);
    MultiHead.Weights more = weights().extraKey(waves(1, 1, 4), waves(1, 1, 4));

    MultiHead.Attended done =
        MultiHead.attend(x, x, x, more, new MultiHead.Settings(2, true, 0, null, null, false));

    assertEquals(Shape.of(3, 5, 4), done.output().shape());
    assertEquals(Shape.of(5, 2, 3, 5), done.weights().shape());
  }

  @Test
  void gradientsAreRight() {
    Tensor x = waves(2, 2, 4).requiresGrad_(true);
    Tensor in = waves(12, 4).requiresGrad_(true);

    assertTrue(
        GradCheck.gradcheck(
            t ->
                List.of(
                    MultiHead.attend(
                            t.get(0),
                            t.get(0),
                            t.get(0),
                            MultiHead.Weights.packed(t.get(1), waves(12), waves(4, 4), null),
                            MultiHead.Settings.of(2))
                        .output()),
            x,
            in));
  }

  @Test
  void refusesWhatDoesNotFit() {
    Tensor x = waves(3, 4);
    MultiHead.Settings two = MultiHead.Settings.of(2);

    assertThrows(
        InvalidArgumentException.class,
        () -> MultiHead.attend(x, x, x, weights(), MultiHead.Settings.of(3)));
    assertThrows(
        ShapeException.class, () -> MultiHead.attend(x, waves(3, 1, 4), x, weights(), two));
    assertThrows(ShapeException.class, () -> MultiHead.attend(x, x, waves(2, 4), weights(), two));
    assertThrows(
        ShapeException.class, () -> MultiHead.attend(x, x, x, weights(), two.mask(waves(2, 2))));
    assertThrows(
        DTypeException.class,
        () -> MultiHead.attend(x, x, x, weights(), two.padding(Tensor.tensor(0L, 1L, 0L))));
  }

  @Test
  void aRowThatLooksAtNothingIsZero() {
    Tensor x = Tensor.tensor(new double[][] {{1, 2}, {-1 / 0.0, -1 / 0.0}}).requiresGrad_(true);

    Tensor y = Attention.safeSoftmax(x, 1);
    y.square().sum().backward();

    assertArrayEquals(new double[] {0, 0}, y.get(1).doubleArray(), 0);
    assertArrayEquals(new double[] {0, 0}, x.grad().get(1).doubleArray(), 0);
    assertEquals(1, y.get(0).sum().item().doubleValue(), TOLERANCE);
  }
}
