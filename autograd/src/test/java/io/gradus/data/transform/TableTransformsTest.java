package io.gradus.data.transform;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.gradus.Tensor;
import io.gradus.random.Generator;
import io.gradus.tensor.dtype.DType;
import io.gradus.tensor.error.DTypeException;
import io.gradus.tensor.error.InvalidArgumentException;
import io.gradus.tensor.error.ShapeException;
import io.gradus.tensor.error.TensorException;
import org.junit.jupiter.api.Test;

class TableTransformsTest {
  private final Tensor table = Tensor.tensor(1.0, 5.0, 2.0, 5.0, 6.0, 5.0).view(3, 2);

  private static void assertNear(Tensor actual, double... expected) {
    assertArrayEquals(expected, actual.contiguous().doubleArray(), 1e-12);
  }

  @Test
  void columnsAreStandardized() {
    Standardize standardize = Standardize.of(table);
    double std = Math.sqrt((4 + 1 + 9) / 3.0);
    assertNear(standardize.apply(table), -2 / std, 0, -1 / std, 0, 3 / std, 0);
    assertNear(standardize.invert(standardize.apply(table)), table.doubleArray());
    Tensor row = Tensor.tensor(3.0, 7.0);
    assertNear(standardize.apply(row, new Generator(0)), 0, 2);
  }

  @Test
  void columnsAreMovedToZeroAndOne() {
    MinMax minMax = MinMax.of(table);
    assertNear(minMax.apply(table), 0, 0, 0.2, 0, 1, 0);
    assertNear(minMax.invert(minMax.apply(table)), table.doubleArray());
    assertNear(minMax.apply(Tensor.tensor(11.0, 5.0), new Generator(0)), 2, 0);
  }

  @Test
  void classesBecomeOneHot() {
    Tensor hot = new OneHot(3).apply(Tensor.tensor(2L, 0L), new Generator(0));
    assertEquals(DType.F32, hot.dtype());
    assertNear(hot, 0, 0, 1, 1, 0, 0);
    assertThrows(
        TensorException.class, () -> new OneHot(2).apply(Tensor.tensor(2L), new Generator(0)));
    assertThrows(InvalidArgumentException.class, () -> new OneHot(0));
  }

  @Test
  void whatIsNoTableIsRefused() {
    assertThrows(ShapeException.class, () -> Standardize.of(Tensor.ones(3)));
    assertThrows(ShapeException.class, () -> MinMax.of(Tensor.ones(0, 3)));
    assertThrows(DTypeException.class, () -> MinMax.of(Tensor.arange(4).view(2, 2)));
    assertThrows(ShapeException.class, () -> Standardize.of(table).apply(Tensor.ones(3)));
    assertThrows(ShapeException.class, () -> MinMax.of(table).apply(Tensor.scalar(1.0)));
  }
}
