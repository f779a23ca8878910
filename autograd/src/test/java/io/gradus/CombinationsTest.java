package io.gradus;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.gradus.tensor.error.InvalidArgumentException;
import io.gradus.tensor.layout.Shape;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class CombinationsTest {
  private static final Tensor THREE = Tensor.tensor(new float[] {1, 2, 3});

  @Test
  @DisplayName("choices come in the order of dictionaries, with and without replacement")
  void order() {
    assertArrayEquals(
        new float[] {1, 2, 1, 3, 2, 3}, Tensor.combinations(THREE, 2, false).floatArray());
    assertArrayEquals(
        new float[] {1, 1, 1, 2, 1, 3, 2, 2, 2, 3, 3, 3},
        Tensor.combinations(THREE, 2, true).floatArray());
  }

  @Test
  @DisplayName("of fewer elements than are chosen there is no choice, however many are chosen")
  void none() {
    for (int r : new int[] {4, Integer.MAX_VALUE}) {
      assertEquals(Shape.of(0, r), Tensor.combinations(THREE, r, false).shape());
      assertEquals(Shape.of(0, r), Tensor.combinations(THREE.narrow(0, 0, 0), r, true).shape());
    }
  }

  @Test
  @DisplayName("more choices than a tensor holds are refused before they are made")
  void tooMany() {
    Tensor many = Tensor.arange(1000);
    assertThrows(InvalidArgumentException.class, () -> Tensor.combinations(many, 500, false));
    assertThrows(
        InvalidArgumentException.class, () -> Tensor.combinations(THREE, Integer.MAX_VALUE, true));
  }
}
