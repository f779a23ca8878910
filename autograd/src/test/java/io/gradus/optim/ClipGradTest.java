package io.gradus.optim;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gradus.Internals;
import io.gradus.Tensor;
import io.gradus.tensor.error.InvalidArgumentException;
import io.gradus.tensor.error.NumericalException;
import java.util.List;
import org.junit.jupiter.api.Test;

class ClipGradTest {
  private final Tensor a = parameter(3, -4, 1);
  private final Tensor b = parameter(0.5f, 12);
  private final Tensor without = Tensor.zeros(2).requiresGrad_();
  private final List<Tensor> all = List.of(a, without, b);

  private static Tensor parameter(float... grad) {
    Tensor p = Tensor.zeros(grad.length).requiresGrad_();
    p.setGrad(Tensor.tensor(grad));
    return p;
  }

  private static float[] grad(Tensor p) {
    return Internals.grad(p).floatArray();
  }

  /** Numbers from PyTorch 2.13. */
  @Test
  void theNormOfAllGradientsTogetherIsLimited() {
    Tensor total = ClipGrad.norm_(all, 2.5);
    assertEquals(13.047987937927246, total.item().doubleValue(), 1e-5);
    assertArrayEquals(new float[] {0.5748012f, -0.7664016f, 0.1916004f}, grad(a), 1e-6f);
    assertArrayEquals(new float[] {0.0958002f, 2.2992048f}, grad(b), 1e-6f);
    assertEquals(2.5, ClipGrad.totalNorm(all, 2, true).item().doubleValue(), 1e-5);
  }

  @Test
  void otherNorms() {
    assertEquals(20.5, ClipGrad.norm_(all, 100, 1, true).item().doubleValue());
    assertArrayEquals(new float[] {3, -4, 1}, grad(a));
    assertEquals(12, ClipGrad.norm_(all, 6, Double.POSITIVE_INFINITY, true).item().doubleValue());
    assertArrayEquals(new float[] {1.5f, -2, 0.5f}, grad(a), 1e-6f);
  }

  @Test
  void withoutGradientsTheNormIsZero() {
    assertEquals(0, ClipGrad.norm_(List.of(without), 1).item().doubleValue());
  }

  @Test
  void aNonfiniteNormIsRefusedIfAskedFor() {
    Tensor bad = parameter(1, Float.POSITIVE_INFINITY);
    NumericalException e =
        assertThrows(NumericalException.class, () -> ClipGrad.norm_(List.of(a, bad), 1, 2, true));
    assertTrue(e.getMessage().contains("is non-finite, so it cannot be clipped"), e.getMessage());
    assertArrayEquals(new float[] {3, -4, 1}, grad(a));
    ClipGrad.norm_(List.of(a, bad), 1, 2, false);
    assertArrayEquals(new float[] {0, -0f, 0}, grad(a));
    assertTrue(Float.isNaN(grad(bad)[1]));
  }

  @Test
  void valuesAreLimited() {
    ClipGrad.value_(all, 2);
    assertArrayEquals(new float[] {2, -2, 1}, grad(a));
    assertArrayEquals(new float[] {0.5f, 2}, grad(b));
    assertThrows(InvalidArgumentException.class, () -> ClipGrad.value_(all, -1));
  }
}
