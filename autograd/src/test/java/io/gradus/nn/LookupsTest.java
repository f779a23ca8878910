package io.gradus.nn;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gradus.GradCheck;
import io.gradus.Tensor;
import io.gradus.nn.loss.CrossEntropyLoss;
import io.gradus.tensor.dtype.DType;
import io.gradus.tensor.error.InvalidArgumentException;
import io.gradus.tensor.error.ShapeException;
import io.gradus.tensor.error.TensorIndexException;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Tables with limits and frequencies; classes from a linear layer. */
class LookupsTest {
  private static final double TOLERANCE = 1e-6;

  private static Tensor table() {
    return Tensor.tensor(new double[][] {{3, 4}, {6, 8}, {0.3, 0.4}}).to(DType.F64);
  }

  @Test
  void onlyNamedRowsThatAreTooLongAreShrunk() {
    Tensor table = table();

    Tensor rows =
        Lookups.embedding(table, Tensor.tensor(0L, 2L), Lookups.Reading.PLAIN.maxNorm(1, 2));

    assertArrayEquals(new double[] {0.6, 0.8, 0.3, 0.4}, rows.flatten().doubleArray(), TOLERANCE);
    assertArrayEquals(
        new double[] {0.6, 0.8, 6, 8, 0.3, 0.4}, table.flatten().doubleArray(), TOLERANCE);
  }

  @Test
  void aLookUpThatFailsShrinksNothing() {
    Tensor table = table();
    Lookups.Reading how = Lookups.Reading.PLAIN.maxNorm(1, 2);

    assertThrows(
        TensorIndexException.class, () -> Lookups.embedding(table, Tensor.tensor(0L, 3L), how));

    assertArrayEquals(table().flatten().doubleArray(), table.flatten().doubleArray(), 0);
  }

  @Test
  void gradientsAreDividedByHowOftenARowIsNamed() {
    Tensor table = table().requiresGrad_(true);

    Lookups.embedding(table, Tensor.tensor(0L, 0L, 1L), Lookups.Reading.PLAIN.scaleGradByFreq(true))
        .sum()
        .backward();

    assertArrayEquals(
        new double[] {1, 1, 1, 1, 0, 0}, table.grad().flatten().doubleArray(), TOLERANCE);
  }

  @Test
  void bagsShrinkAndScaleAsWell() {
    Tensor table = table().requiresGrad_(true);
    Tensor ids = Tensor.tensor(new long[][] {{0, 0}, {1, 0}});
    Lookups.Reading how = Lookups.Reading.PLAIN.maxNorm(1, 2).scaleGradByFreq(true);

    Tensor out = Lookups.embeddingBag(table, ids, null, Lookups.Bag.SUM, null, false, how);
    out.sum().backward();

    assertArrayEquals(new double[] {1.2, 1.6, 1.2, 1.6}, out.flatten().doubleArray(), TOLERANCE);
    assertArrayEquals(
        new double[] {1, 1, 1, 1, 0, 0}, table.grad().flatten().doubleArray(), TOLERANCE);
    assertThrows(
        InvalidArgumentException.class,
        () -> Lookups.embeddingBag(table, ids, null, Lookups.Bag.MAX, null, false, how));
  }

  @Test
  void weightedBagsOfHalfPrecisionAreRoundedOnce() {
    // (1 + 2⁻⁷)² is 1 + 2⁻⁶ in f16, which loses the 2⁻¹⁴ that is left when 1 is taken off.
    Tensor table = Tensor.tensor(1.0078125f, -1f).to(DType.F16).reshape(2, 1);
    Tensor factors = Tensor.tensor(1.0078125f, 1f).to(DType.F16).reshape(1, 2);
    Tensor ids = Tensor.tensor(0L, 1L).reshape(1, 2);
    Lookups.Reading plain = Lookups.Reading.PLAIN;
    Tensor out = Lookups.embeddingBag(table, ids, null, Lookups.Bag.SUM, factors, false, plain);
    assertEquals(DType.F16, out.dtype());
    assertEquals(0x1p-6 + 0x1p-14, out.item().doubleValue());
  }

  @Test
  void linearCrossEntropyIsBothInOne() {
    Tensor x = Tensor.arange(6.0).to(DType.F64).sin().reshape(2, 3).requiresGrad_(true);
    Tensor w = Tensor.arange(12.0).to(DType.F64).cos().reshape(4, 3).requiresGrad_(true);
    Tensor bias = Tensor.arange(4.0).to(DType.F64).requiresGrad_(true);
    Tensor classes = Tensor.tensor(1L, 3L);
    CrossEntropyLoss.Options plain = CrossEntropyLoss.Options.DEFAULT;

    Tensor both = Functional.linearCrossEntropy(x, w, classes, bias, plain);
    Tensor apart = Functional.crossEntropy(Functional.linear(x, w, bias), classes);

    assertArrayEquals(apart.doubleArray(), both.doubleArray(), 0);
    assertTrue(
        GradCheck.gradcheck(
            t ->
                List.of(
                    Functional.linearCrossEntropy(t.get(0), t.get(1), classes, t.get(2), plain)),
            x,
            w,
            bias));
    assertThrows(
        ShapeException.class, () -> Functional.linearCrossEntropy(x, w.t(), classes, null, plain));
    assertThrows(
        ShapeException.class,
        () -> Functional.linearCrossEntropy(x.get(0), w.unsqueeze(1), classes, null, plain));
    assertThrows(
        InvalidArgumentException.class,
        () ->
            Functional.linearCrossEntropy(
                x, w, Tensor.ones(2, 4).to(DType.F64), bias, plain.ignoreIndex(0)));
  }
}
