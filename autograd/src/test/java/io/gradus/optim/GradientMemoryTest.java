package io.gradus.optim;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import io.gradus.Tensor;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class GradientMemoryTest {
  /** So many elements that their memory is used again. */
  private static final int SIZE = 300_000;

  private final Tensor p = Tensor.ones(SIZE).requiresGrad_();
  private final SGD sgd = new SGD(List.of(p), 0.5);

  private void step(double factor) {
    sgd.zeroGrad();
    p.mul(factor).sum().backward();
    sgd.step();
  }

  @Test
  @DisplayName("S1.2 a gradient that the user holds keeps its numbers after zeroGrad")
  void seenGradientsStay() {
    step(2);
    Tensor seen = p.grad();
    step(3);
    Tensor other = p.mul(7);
    assertEquals(2.0 * SIZE, seen.sum().item().doubleValue());
    assertEquals(7 * (1 - 1 - 1.5) * SIZE, other.sum().item().doubleValue());
  }

  @Test
  void unseenGradientsAreRemoved() {
    step(2);
    step(3);
    sgd.zeroGrad();
    assertNull(p.grad());
    assertEquals((1 - 1 - 1.5) * SIZE, p.sum().item().doubleValue());
  }

  @Test
  @DisplayName("S1.2 a gradient that the user holds keeps its numbers after setGrad(null)")
  void seenGradientsStayWhenTheyAreReplaced() {
    step(2);
    Tensor seen = p.grad();
    p.setGrad(null);
    assertNull(p.grad());
    step(3);
    p.setGrad(null);
    Tensor given = Tensor.ones(SIZE).mul(4);
    p.setGrad(given);
    p.setGrad(null);
    Tensor other = p.mul(7);
    assertEquals(2.0 * SIZE, seen.sum().item().doubleValue());
    assertEquals(4.0 * SIZE, given.sum().item().doubleValue());
    assertEquals(7 * (1 - 1 - 1.5) * SIZE, other.sum().item().doubleValue());
  }

  @Test
  void aGradientThatWasSetStays() {
    Tensor given = Tensor.ones(SIZE);
    p.setGrad(given);
    sgd.step();
    sgd.zeroGrad();
    step(3);
    assertEquals(SIZE, given.sum().item().doubleValue());
  }

  @Test
  void aGradientFromHooksStays() {
    Tensor[] seen = new Tensor[1];
    p.registerHook(
        g -> {
          seen[0] = g;
          return null;
        });
    step(2);
    step(2);
    sgd.zeroGrad();
    Tensor.ones(SIZE).mul(5).sum().item();
    assertEquals(2.0 * SIZE, seen[0].sum().item().doubleValue());
  }
}
