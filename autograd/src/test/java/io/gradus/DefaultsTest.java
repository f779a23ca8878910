package io.gradus;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gradus.nn.Attention;
import io.gradus.nn.Functional;
import io.gradus.nn.Init;
import io.gradus.nn.Linear;
import io.gradus.nn.ParameterVector;
import io.gradus.tensor.error.InvalidArgumentException;
import io.gradus.tensor.error.ShapeException;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Short forms of methods have PyTorch's defaults. */
class DefaultsTest {
  private final Tensor x = Tensor.randn(3, 4);

  private static void same(Tensor expected, Tensor actual) {
    assertEquals(expected.shape(), actual.shape());
    assertTrue(expected.equal(actual), () -> expected + " and " + actual);
  }

  @Test
  void dimensionsAreNotKept() {
    same(x.var(new int[] {1}, 1, true), x.var(1, true));
    same(x.std(new int[] {1}, 1, true), x.std(1, true));
    same(x.norm(1, new int[] {1}, false), x.norm(1, 1));
    same(x.norm(1, new int[] {1}, true), x.norm(1, 1, true));
    same(x.gt(0).any(1, false), x.gt(0).any(1));
    same(x.gt(0).all(1, false), x.gt(0).all(1));
    same(x.median(1, false).values(), x.median(1).values());
    same(x.nanmedian(1, false).values(), x.nanmedian(1).values());
    same(x.mode(0, false).values(), x.mode(0).values());
    same(x.quantile(0.3, 1, false), x.quantile(0.3, 1));
  }

  @Test
  void sortingAscends() {
    same(x.sort(0, false).values(), x.sort(0).values());
    same(x.argsort(0, false), x.argsort(0));
  }

  @Test
  void tolerancesAreEnough() {
    assertTrue(x.allclose(x.add(0.01), 0, 0.1));
    assertFalse(x.allclose(x.add(0.2), 0, 0.1));
  }

  @Test
  void distancesAreEuclidean() {
    same(x.cdist(x.neg(), 2), x.cdist(x.neg()));
  }

  @Test
  void layersNeedTensorsOnly() {
    same(x.matmul(x.t()), Functional.linear(x, x));
    same(
        Attention.scaledDotProductAttention(x, x, x, null, 0, false, null, false),
        Attention.scaledDotProductAttention(x, x, x));
    Tensor mask = Tensor.ones(3, 3);
    same(
        Attention.scaledDotProductAttention(x, x, x, mask, 0, false, null, false),
        Attention.scaledDotProductAttention(x, x, x, mask));
  }

  @Test
  void startsAreWithinTheirBounds() {
    Tensor w = Tensor.zeros(2, 6);
    assertTrue(Init.xavierUniform_(w).abs().max().item().doubleValue() <= Math.sqrt(6.0 / 8));
    assertTrue(Init.kaimingUniform_(w).abs().max().item().doubleValue() <= 1);
    assertTrue(Init.xavierNormal_(w).std().item().doubleValue() > 0);
    assertTrue(Init.kaimingNormal_(w).std().item().doubleValue() > 0);
    assertEquals(5.0 / 3, Init.gain(Init.Nonlinearity.TANH));
    assertEquals(Math.sqrt(2 / 1.0001), Init.gain(Init.Nonlinearity.LEAKY_RELU));
  }

  @Test
  void drawsComeFromTheTensor() {
    same(Tensor.tensor(1f, 0f), Tensor.tensor(1f, 0f).bernoulli());
    same(Tensor.tensor(1L), Tensor.tensor(0f, 1f).multinomial(1).squeeze(0));
    assertEquals(5, Tensor.tensor(1f, 1f).multinomial(5, true).numel());
    assertThrows(InvalidArgumentException.class, () -> Tensor.tensor(1f, 1f).multinomial(5));
  }

  @Test
  void parametersGoThroughAVector() {
    Linear a = new Linear(2, 3);
    Linear b = new Linear(2, 3);
    Tensor vector = ParameterVector.parametersToVector(a.parameters());
    assertEquals(9, vector.numel());
    assertTrue(vector.requiresGrad());
    ParameterVector.vectorToParameters(vector, b.parameters());
    same(a.weight(), b.weight());
    assertTrue(b.weight().isLeaf());
    assertThrows(
        ShapeException.class,
        () -> ParameterVector.vectorToParameters(Tensor.zeros(8), b.parameters()));
    assertThrows(
        InvalidArgumentException.class, () -> ParameterVector.parametersToVector(List.of()));
  }
}
