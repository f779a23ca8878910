package io.gradus.nn;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gradus.Tensor;
import io.gradus.tensor.error.InvalidArgumentException;
import io.gradus.tensor.error.ShapeException;
import io.gradus.tensor.error.TensorIndexException;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Losses of elements and margins: values by hand, gradients at the edges, errors. */
class MoreLossesTest {
  private static final double TOLERANCE = 1e-12;

  @Test
  void smoothL1IsSquareNearAndLinearFar() {
    Tensor x = Tensor.tensor(0.5, 3.0);
    Tensor y = Tensor.tensor(0.0, 0.0);

    Tensor losses = ElementLosses.smoothL1Loss(x, y, Reduction.NONE, 1);

    assertArrayEquals(new double[] {0.125, 2.5}, losses.doubleArray(), TOLERANCE);
  }

  @Test
  void binaryCrossEntropyOfCertainAnswersIsFiniteAndSoIsItsGradient() {
    Tensor x = Tensor.tensor(0.0, 1.0, 1.0).requiresGrad_(true);
    Tensor y = Tensor.tensor(0.0, 1.0, 0.0);

    Tensor losses = ElementLosses.binaryCrossEntropy(x, y, null, Reduction.NONE);
    losses.sum().backward();

    assertArrayEquals(new double[] {0, 0, 100}, losses.doubleArray(), TOLERANCE);
    for (double g : x.grad().doubleArray()) {
      assertTrue(Double.isFinite(g), "gradient " + g);
    }
  }

  @Test
  void aVarianceThatIsTooSmallStillGetsAGradient() {
    Tensor v = Tensor.tensor(0.0, 1.0).requiresGrad_(true);
    Tensor x = Tensor.tensor(1.0, 1.0);

    ElementLosses.gaussianNllLoss(x, Tensor.zerosLike(x), v, false, 0.5, Reduction.SUM).backward();

    assertArrayEquals(new double[] {-1, 0}, v.grad().doubleArray(), TOLERANCE);
  }

  @Test
  void multilabelMarginCountsTheLabelsBeforeTheFirstMinusOne() {
    Tensor x = Tensor.tensor(0.1, 0.2, 0.4, 0.8);

    double loss =
        MarginLosses.multilabelMarginLoss(x, Tensor.tensor(3L, 0L, -1L, 1L), Reduction.MEAN)
            .item()
            .doubleValue();

    assertEquals(0.85, loss, TOLERANCE);
  }

  @Test
  void refusesWhatHasNoMeaning() {
    Tensor x = Tensor.tensor(0.5, 2.0);
    Tensor y = Tensor.tensor(0.0, 1.0);

    assertThrows(
        InvalidArgumentException.class,
        () -> ElementLosses.binaryCrossEntropy(x, y, null, Reduction.MEAN));
    assertThrows(
        InvalidArgumentException.class, () -> ElementLosses.huberLoss(x, y, Reduction.MEAN, 0));
    assertThrows(
        TensorIndexException.class,
        () -> MarginLosses.multiMarginLoss(x, Tensor.tensor(2L), 1, 1, null, Reduction.MEAN));
    assertThrows(
        ShapeException.class,
        () ->
            MarginLosses.marginRankingLoss(
                x, y, Tensor.tensor(1.0, -1.0).unsqueeze(0), 0, Reduction.MEAN));
  }

  @Test
  @DisplayName("S13 the two sizes are in the message")
  void namesBothSizes() {
    ShapeException e =
        assertThrows(
            ShapeException.class,
            () ->
                ElementLosses.binaryCrossEntropyWithLogits(
                    Tensor.tensor(1.0, 2.0), Tensor.tensor(1.0), null, Reduction.MEAN, null));

    assertTrue(e.getMessage().contains("must be the same as input size"), e.getMessage());
  }
}
