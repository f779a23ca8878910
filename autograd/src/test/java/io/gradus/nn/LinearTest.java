package io.gradus.nn;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gradus.Autograd;
import io.gradus.Tensor;
import io.gradus.graph.Node;
import io.gradus.tensor.error.ShapeException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The affine map of any rank, its node, and its errors. */
class LinearTest {
  private final Tensor weight = Tensor.randn(5, 4).requiresGrad_(true);
  private final Tensor bias = Tensor.randn(5).requiresGrad_(true);

  @Test
  void allRanksComputeAProductAndASum() {
    check(Tensor.randn(4), null);
    check(Tensor.randn(3, 4), "AddmmBackward0");
    check(Tensor.randn(4, 3).t(), "AddmmBackward0");
    check(Tensor.randn(2, 3, 4), "ViewBackward0");
    check(Tensor.randn(3, 2, 4).transpose(0, 1), null);
    check(Tensor.randn(2, 3, 2, 4), null);
    check(Tensor.randn(0, 4), "AddmmBackward0");
  }

  private void check(Tensor x, @Nullable String node) {
    Tensor y = Functional.linear(x, weight, bias);
    Tensor expected = x.matmul(weight.t()).add(bias);
    assertEquals(expected.shape(), y.shape());
    assertArrayEquals(expected.floatArray(), y.floatArray(), 0f);
    Node made = y.gradFn();
    assertTrue(made != null && (node == null || made.name().equals(node)), () -> "" + made);
    Tensor g = Tensor.randn(y.shape().toArray());
    for (Tensor parameter : List.of(weight, bias)) {
      // The same products, perhaps summed in the order of another shape.
      assertArrayEquals(
          Autograd.grad(expected.mul(g).sum(), parameter).floatArray(),
          Autograd.grad(y.mul(g).sum(), parameter).floatArray(),
          1e-5f);
      expected = x.matmul(weight.t()).add(bias);
      y = Functional.linear(x, weight, bias);
    }
  }

  @Test
  void sizesThatDoNotFitAreRefused() {
    ShapeException e =
        assertThrows(
            ShapeException.class, () -> Functional.linear(Tensor.zeros(2, 3), weight, bias));
    assertTrue(
        String.valueOf(e.getMessage()).contains("shapes cannot be multiplied (2x3 and 4x5)"),
        e::getMessage);
    assertThrows(
        ShapeException.class, () -> Functional.linear(Tensor.zeros(2, 4), weight, Tensor.zeros(6)));
  }
}
