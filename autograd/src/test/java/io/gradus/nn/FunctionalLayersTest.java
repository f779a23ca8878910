package io.gradus.nn;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gradus.Tensor;
import io.gradus.tensor.error.InvalidArgumentException;
import io.gradus.tensor.error.ShapeException;
import io.gradus.tensor.error.TensorIndexException;
import org.junit.jupiter.api.Test;

/** Normalisations, lookups, padding and attention: what goldens of single calls do not show. */
class FunctionalLayersTest {
  private static final double TOLERANCE = 1e-12;

  @Test
  void batchNormInTrainingMovesTheRunningStatistics() {
    Tensor x = Tensor.tensor(1.0, 3.0).unsqueeze(1);
    Tensor mean = Tensor.tensor(new double[] {10});
    Tensor var = Tensor.tensor(new double[] {4});

    Normalizations.batchNorm(x, mean, var, null, null, true, 0.25, 1e-5);

    assertArrayEquals(new double[] {8}, mean.doubleArray(), TOLERANCE);
    assertArrayEquals(new double[] {3.5}, var.doubleArray(), TOLERANCE);
  }

  @Test
  void batchNormThatFailsLeavesTheRunningStatistics() {
    Tensor mean = Tensor.tensor(new double[] {10});
    Tensor one = Tensor.tensor(new double[] {1}).unsqueeze(1);

    assertThrows(
        InvalidArgumentException.class,
        () -> Normalizations.batchNorm(one, mean, null, null, null, true, 0.25, 1e-5));

    assertArrayEquals(new double[] {10}, mean.doubleArray(), 0);
  }

  @Test
  void thePaddingRowGetsNoGradient() {
    Tensor table = Tensor.tensor(new double[][] {{1, 2}, {3, 4}}).requiresGrad_(true);

    Lookups.embedding(table, Tensor.tensor(0L, 1L, 0L), Lookups.Reading.PLAIN.paddingIdx(-1L))
        .sum()
        .backward();

    assertArrayEquals(new double[] {2, 2, 0, 0}, table.grad().flatten().doubleArray(), 0);
  }

  @Test
  void bagsOfDifferentSizesAddUpAndAnEmptyOneIsZero() {
    Tensor table = Tensor.tensor(new double[][] {{1}, {10}, {100}});

    Tensor out =
        Lookups.embeddingBag(
            table,
            Tensor.tensor(0L, 1L, 2L),
            Tensor.tensor(0L, 2L, 2L),
            Lookups.Bag.SUM,
            null,
            false,
            Lookups.Reading.PLAIN);

    assertArrayEquals(new double[] {11, 0, 100}, out.flatten().doubleArray(), 0);
  }

  @Test
  void embeddingRefusesARowThatIsNotThere() {
    Tensor table = Tensor.tensor(new double[][] {{1, 2}, {3, 4}});

    TensorIndexException e =
        assertThrows(
            TensorIndexException.class, () -> Lookups.embedding(table, Tensor.tensor(2L, 0L)));

    assertTrue(e.getMessage().contains("index out of range in self"), e.getMessage());
  }

  @Test
  void circularPaddingWrapsWhatIsLeft() {
    Tensor x = Tensor.tensor(1.0, 2.0, 3.0, 4.0).unsqueeze(0);

    Tensor out = Rearrangements.pad(x, new long[] {-1, 2}, "circular", null);

    assertArrayEquals(new double[] {2, 3, 4, 2, 3}, out.flatten().doubleArray(), 0);
  }

  @Test
  void circularPaddingOfNothingIsRefused() {
    Tensor x = Tensor.ones(1, 3);

    ShapeException e =
        assertThrows(
            ShapeException.class,
            () -> Rearrangements.pad(x, new long[] {2, -3}, "circular", null));

    assertTrue(e.getMessage().contains("no element to wrap around"), e.getMessage());
  }

  @Test
  void pixelUnshuffleUndoesPixelShuffle() {
    Tensor x = Tensor.arange(48.0).reshape(1, 12, 2, 2);

    Tensor back = Rearrangements.pixelUnshuffle(Rearrangements.pixelShuffle(x, 2), 2);

    assertArrayEquals(x.flatten().doubleArray(), back.flatten().doubleArray(), 0);
    assertThrows(ShapeException.class, () -> Rearrangements.pixelShuffle(x, 5));
  }

  @Test
  void causalAttentionOfTheFirstRowIsTheFirstValue() {
    Tensor q = Tensor.arange(6.0).reshape(1, 3, 2);

    Tensor out = Attention.scaledDotProductAttention(q, q, q, null, 0, true, null, false);

    assertArrayEquals(new double[] {0, 1}, out.get(0, 0).doubleArray(), TOLERANCE);
    assertEquals(q.shape(), out.shape());
  }
}
