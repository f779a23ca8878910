package io.gradus.structure;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gradus.Tensor;
import io.gradus.exec.ScatterReduction;
import io.gradus.tensor.dtype.DType;
import io.gradus.tensor.error.DTypeException;
import io.gradus.tensor.error.InvalidArgumentException;
import io.gradus.tensor.error.ShapeException;
import io.gradus.tensor.error.TensorException;
import io.gradus.tensor.layout.Shape;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class BitsTest {
  @Test
  @DisplayName("S2.2 bitcast reads the bits of floats as whole numbers, and back")
  void sameSize() {
    Tensor t = Tensor.tensor(1f, -2f);
    Tensor bits = t.bitcast(DType.I32);
    assertArrayEquals(new long[] {0x3f800000, 0xc0000000}, bits.longArray());
    assertTrue(bits.bitcast(DType.F32).equal(t));
    assertEquals(0x3c00L, Tensor.scalar(1.0).to(DType.F16).bitcast(DType.I16).item().longValue());
  }

  @Test
  @DisplayName("S2.2 bitcast between sizes scales the last dimension")
  void otherSize() {
    Tensor t = Tensor.tensor(1L, 2L, 3L, 4L).view(2, 2).t();
    Tensor bytes = t.bitcast(DType.U8);
    assertEquals(Shape.of(2, 16), bytes.shape());
    assertTrue(bytes.bitcast(DType.I64).equal(t));
    assertThrows(ShapeException.class, () -> Tensor.scalar(1L).bitcast(DType.U8));
    assertThrows(ShapeException.class, () -> Tensor.tensor(1, 2, 3).bitcast(DType.I64));
    assertThrows(DTypeException.class, () -> bytes.bitcast(DType.BOOL));
  }

  @Test
  @DisplayName("S1.3 emptyStrided lies in memory as asked")
  void strides() {
    Tensor t = Tensor.emptyStrided(new long[] {2, 3}, new long[] {1, 4});
    assertEquals(Shape.of(2, 3), t.shape());
    assertArrayEquals(new long[] {1, 4}, t.stride());
    t.copy_(Tensor.arange(6).view(2, 3));
    assertArrayEquals(new double[] {0, 1, 2, 3, 4, 5}, t.doubleArray());
    assertThrows(
        InvalidArgumentException.class, () -> Tensor.emptyStrided(new long[] {2}, new long[] {-1}));
    assertThrows(
        InvalidArgumentException.class, () -> Tensor.emptyStrided(new long[] {2}, new long[0]));
  }

  @Test
  @DisplayName("S7 products, means and sums convert their elements to a dtype first")
  void dtypes() {
    Tensor t = Tensor.tensor(2L, 3L, 0L, 4L).view(2, 2);
    assertEquals(DType.F32, t.prod(DType.F32).dtype());
    assertEquals(DType.BOOL, t.prod(1, false, DType.BOOL).dtype());
    assertArrayEquals(new long[] {1, 0}, t.prod(1, false, DType.BOOL).longArray());
    assertEquals(2.25, t.mean(new int[0], false, DType.F64).item());
    assertEquals(9.0, t.nansum(new int[0], false, DType.F64).item());
  }

  @Test
  @DisplayName("S3.3 scatter combines by a reduction, tensors and numbers")
  void reducingScatter() {
    Tensor t = Tensor.tensor(1.0, 2, 3);
    Tensor at = Tensor.tensor(0L, 0L, 2L);
    Tensor tens = Tensor.tensor(10.0, 20, 30);
    assertArrayEquals(
        new double[] {31, 2, 33}, t.scatter(0, at, tens, ScatterReduction.SUM).doubleArray());
    assertArrayEquals(
        new double[] {4, 2, 6}, t.scatter(0, at, 2, ScatterReduction.PROD).doubleArray());
    Tensor own = t.clone();
    own.scatter_(0, at, tens, ScatterReduction.SUM).scatter_(0, at, 0, ScatterReduction.PROD);
    assertArrayEquals(new double[] {0, 2, 0}, own.doubleArray());
  }

  @Test
  @DisplayName("S7 isin can tell what is not there")
  void isin() {
    assertArrayEquals(
        new boolean[] {false, true},
        Tensor.tensor(1L, 2L).isin(Tensor.tensor(1L, 5L), true).booleanArray());
  }

  @Test
  @DisplayName("S6.4 in-place matrix operations keep shape and dtype, or refuse")
  void inPlace() {
    Tensor t = Tensor.zeros(2, 2);
    Tensor eye = Tensor.eye(2);
    assertArrayEquals(new double[] {3, 0, 0, 3}, t.addmm_(eye, eye, 1, 3).doubleArray());
    assertThrows(TensorException.class, () -> Tensor.zeros(2).addmm_(eye, eye));
    assertThrows(TensorException.class, () -> Tensor.tensor(true, true).cumsum_(0));
    Tensor tall = Tensor.zeros(5, 2);
    tall.fillDiagonal_(1, true);
    assertArrayEquals(new double[] {1, 0, 0, 1, 0, 0, 1, 0, 0, 1}, tall.doubleArray());
    assertThrows(ShapeException.class, () -> Tensor.zeros(2).fillDiagonal_(1, false));
    assertThrows(ShapeException.class, () -> Tensor.zeros(2, 2, 3).fillDiagonal_(1, false));
  }
}
