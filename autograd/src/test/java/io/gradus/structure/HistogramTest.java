package io.gradus.structure;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.gradus.Histogram;
import io.gradus.Tensor;
import io.gradus.tensor.dtype.DType;
import io.gradus.tensor.error.DTypeException;
import io.gradus.tensor.error.InvalidArgumentException;
import io.gradus.tensor.error.ShapeException;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class HistogramTest {
  private static final Tensor DATA = Tensor.tensor(0.0, 1, 1.5, 2, 4, 4);

  @Test
  @DisplayName("S7 histogram counts what is not below the lower border, and the last border too")
  void counts() {
    Histogram h = DATA.histogram(4);
    assertArrayEquals(new double[] {1, 2, 1, 2}, h.hist().doubleArray());
    assertArrayEquals(new double[] {0, 1, 2, 3, 4}, h.edges().get(0).doubleArray());
    assertEquals(DATA.dtype(), h.hist().dtype());
  }

  @Test
  @DisplayName("S7 histogram leaves out what lies outside of its range")
  void range() {
    Histogram h = DATA.histogram(2, new double[] {1, 3}, null, false);
    assertArrayEquals(new double[] {2, 1}, h.hist().doubleArray());
  }

  @Test
  @DisplayName("S7 histogram takes borders and weights, and its density has the integral 1")
  void densities() {
    Tensor edges = Tensor.tensor(0.0, 1, 4);
    Tensor weight = Tensor.tensor(3.0, 1, 1, 1, 1, 1);
    assertArrayEquals(
        new double[] {3, 5}, DATA.histogram(edges, weight, false).hist().doubleArray());
    Tensor density = DATA.histogram(edges, weight, true).hist();
    assertEquals(1, density.mul(edges.diff()).sum().item().doubleValue(), 1e-12);
  }

  @Test
  @DisplayName("S7 histogramdd counts points by the cells of a grid")
  void grid() {
    Tensor points = Tensor.tensor(0.0, 0, 1, 0, 1, 1).view(3, 2);
    Histogram h = points.histogramdd(new long[] {2, 2}, null, null, false);
    assertArrayEquals(new double[] {1, 0, 1, 1}, h.hist().doubleArray());
    Tensor borders = Tensor.tensor(0.0, 0.5, 1);
    assertArrayEquals(
        new double[] {1, 0, 1, 1},
        points.histogramdd(List.of(borders, borders), null, false).hist().doubleArray());
  }

  @Test
  @DisplayName("S7 histc widens a range without width, and wants finite numbers")
  void histc() {
    assertArrayEquals(new double[] {0, 3}, Tensor.tensor(2.0, 2, 2).histc(2, 0, 0).doubleArray());
    Tensor infinite = Tensor.tensor(1, Double.POSITIVE_INFINITY);
    assertThrows(InvalidArgumentException.class, () -> infinite.histc(2, 0, 0));
  }

  @Test
  @DisplayName("S13 histograms refuse whole numbers, borders and weights of other shapes or dtypes")
  void refusals() {
    assertThrows(DTypeException.class, () -> DATA.to(DType.I64).histogram(3));
    assertThrows(InvalidArgumentException.class, () -> DATA.histogram(0));
    assertThrows(ShapeException.class, () -> DATA.histogram((1L << 32) + 1));
    assertThrows(
        InvalidArgumentException.class, () -> DATA.histogram(2, new double[] {3, 1}, null, false));
    assertThrows(
        ShapeException.class, () -> DATA.histogram(DATA, Tensor.zeros(2).to(DATA.dtype()), false));
    assertThrows(DTypeException.class, () -> DATA.histogram(DATA.to(DType.F32), null, false));
    assertThrows(ShapeException.class, () -> DATA.histogramdd(new long[] {2}, null, null, false));
  }
}
