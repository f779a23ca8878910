package io.gradus.structure;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gradus.Tensor;
import io.gradus.exec.Sorting.Interpolation;
import io.gradus.tensor.dtype.DType;
import io.gradus.tensor.error.DTypeException;
import io.gradus.tensor.error.InvalidArgumentException;
import io.gradus.tensor.error.ShapeException;
import io.gradus.tensor.error.TensorIndexException;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class StatisticsTest {
  private static final Tensor ROWS = Tensor.tensor(0.0, 2, 1, 1, 2, 0).view(2, 3);

  @Test
  @DisplayName("S7 a frequency of 2 in cov is the same observation twice")
  void frequencies() {
    Tensor twice = Tensor.cat(List.of(ROWS, ROWS.narrow(1, 0, 1)), 1);
    Tensor weighted = ROWS.cov(1, Tensor.tensor(2L, 1L, 1L), null);
    assertTrue(weighted.allclose(twice.cov()));
  }

  @Test
  @DisplayName("S7 equal importances leave cov without correction as it is")
  void importances() {
    Tensor equal = Tensor.tensor(0.5, 0.5, 0.5);
    assertTrue(ROWS.cov(0, null, equal).allclose(ROWS.cov(0)));
  }

  @Test
  @DisplayName("S13 cov refuses weights that are negative, of the wrong dtype or number")
  void badWeights() {
    assertThrows(DTypeException.class, () -> ROWS.cov(1, Tensor.tensor(1.0, 1, 1), null));
    assertThrows(DTypeException.class, () -> ROWS.cov(1, null, Tensor.tensor(1L, 1L, 1L)));
    assertThrows(ShapeException.class, () -> ROWS.cov(1, Tensor.tensor(1L, 1L), null));
    assertThrows(
        InvalidArgumentException.class, () -> ROWS.cov(1, null, Tensor.tensor(1.0, -1, 1)));
    assertThrows(
        InvalidArgumentException.class, () -> ROWS.cov(1, Tensor.tensor(0L, 0L, 0L), null));
    assertThrows(ShapeException.class, () -> Tensor.zeros(1, 2, 2).cov());
  }

  @Test
  @DisplayName("S7 gradient is exact for a parabola on any grid with edge order 2")
  void parabola() {
    Tensor x = Tensor.tensor(0.0, 1, 3, 4, 6);
    Tensor slope = x.mul(x).gradient(List.of(x), new int[] {0}, 2).get(0);
    assertTrue(slope.allclose(x.mul(2)));
    Tensor even = Tensor.tensor(0.0, 0.5, 1, 1.5);
    assertTrue(even.mul(even).gradient(0.5, new int[] {0}, 2).get(0).allclose(even.mul(2)));
  }

  @Test
  @DisplayName("S7 gradient gives a tensor for each dimension, lines at the ends by default")
  void everyDimension() {
    List<Tensor> slopes = ROWS.gradient();
    assertEquals(2, slopes.size());
    assertArrayEquals(new double[] {1, 0, -1, 1, 0, -1}, slopes.get(0).doubleArray());
    assertArrayEquals(new double[] {2, 0.5, -1, 1, -0.5, -2}, slopes.get(1).doubleArray());
  }

  @Test
  @DisplayName("S13 gradient refuses other edge orders, repeated or short dimensions")
  void badSlopes() {
    int[] twice = {0, 0};
    int[] first = {0};
    assertThrows(InvalidArgumentException.class, () -> ROWS.gradient(1, new int[0], 3));
    assertThrows(InvalidArgumentException.class, () -> ROWS.gradient(1, twice, 1));
    assertThrows(ShapeException.class, () -> ROWS.gradient(1, first, 2));
    assertThrows(ShapeException.class, () -> ROWS.gradient(new double[] {1}, new int[0], 1));
    assertThrows(TensorIndexException.class, () -> ROWS.gradient(1, new int[] {2}, 1));
    assertThrows(DTypeException.class, () -> ROWS.to(DType.U8).gradient());
    assertThrows(ShapeException.class, () -> ROWS.gradient(List.of(ROWS), first, 1));
  }

  @Test
  @DisplayName("S7 a quantile between two elements is made of them as asked")
  void interpolations() {
    Tensor t = Tensor.tensor(1.0, 2, 4, 8);
    double[] expected = {2.5, 2, 4, 3, 2};
    Interpolation[] all = Interpolation.values();
    for (int i = 0; i < all.length; i++) {
      assertEquals(expected[i], t.quantile(0.4166666666666667, 0, false, all[i]).item());
    }
    assertArrayEquals(
        new long[] {2, 1, 1},
        t.view(2, 2)
            .quantile(Tensor.tensor(0.0, 1), null, true, Interpolation.LINEAR)
            .shape()
            .toArray());
  }

  @Test
  @DisplayName("S7 searchsorted takes a number, and a tensor sorted by positions")
  void searches() {
    Tensor mixed = Tensor.tensor(3.0, 1, 2);
    Tensor sorter = mixed.argsort();
    assertArrayEquals(
        new long[] {1, 3}, mixed.searchsorted(Tensor.tensor(1.5, 9), false, sorter).longArray());
    assertEquals(2L, Tensor.tensor(1L, 2L, 3L).searchsorted(2, true).item());
    Tensor outside = Tensor.tensor(0L, 1L, 3L);
    assertThrows(TensorIndexException.class, () -> mixed.searchsorted(mixed, false, outside));
    assertThrows(ShapeException.class, () -> ROWS.searchsorted(1, false));
  }

  @Test
  @DisplayName("S6.3 frexp takes numbers apart so that they can be put together exactly")
  void mantissas() {
    Tensor t = Tensor.tensor(0.0, 1, -3.5, 4.9e-324, 1e300);
    var parts = t.frexp();
    assertArrayEquals(
        new double[] {0, 0.5, -0.875, 0.5}, parts.mantissa().narrow(0, 0, 4).doubleArray());
    assertArrayEquals(new long[] {0, 1, 2, -1073, 997}, parts.exponent().longArray());
    assertEquals(DType.I32, parts.exponent().dtype());
    assertThrows(DTypeException.class, () -> t.to(DType.I64).frexp());
  }

  @Test
  @DisplayName("S6.3 the angle of numbers is 0, pi below 0, NaN of NaN")
  void angles() {
    assertArrayEquals(
        new double[] {Math.PI, 0, 0, Double.NaN},
        Tensor.tensor(-2.0, 0, 3, Double.NaN).angle().doubleArray());
    assertEquals(Tensor.defaultDtype(), Tensor.tensor(-2L).angle().dtype());
  }

  @Test
  @DisplayName("S6.3 safeSoftmax gives 0 where softmax gives NaN")
  void safeSoftmax() {
    double low = Double.NEGATIVE_INFINITY;
    Tensor t = Tensor.tensor(low, low, 0.0, low).view(2, 2).requiresGrad_();
    Tensor y = t.safeSoftmax(1);
    assertArrayEquals(new double[] {0, 0, 1, 0}, y.doubleArray());
    y.select(1, 0).sum().backward();
    assertEquals(0.0, t.grad().abs().sum().item());
  }
}
