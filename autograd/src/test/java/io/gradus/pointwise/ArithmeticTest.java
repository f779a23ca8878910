package io.gradus.pointwise;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gradus.Options;
import io.gradus.RoundingMode;
import io.gradus.Tensor;
import io.gradus.graph.GradMode;
import io.gradus.tensor.dtype.DType;
import io.gradus.tensor.error.AutogradException;
import io.gradus.tensor.error.DTypeException;
import io.gradus.tensor.error.NumericalException;
import io.gradus.tensor.error.ShapeException;
import io.gradus.tensor.error.TensorException;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class ArithmeticTest {
  private static final Tensor GRID = Tensor.arange(9).view(3, 3);

  private static String message(Class<? extends TensorException> type, Runnable call) {
    return assertThrows(type, call::run).getMessage();
  }

  @Test
  @DisplayName("S6.1 shapes broadcast; those that do not fit are an error with both")
  void broadcasting() {
    Tensor sum = Tensor.tensor(new long[][] {{1, 2}}).add(Tensor.arange(1, 4).view(3, 1));
    assertArrayEquals(new long[] {3, 2}, sum.shape().toArray());
    assertArrayEquals(new long[] {2, 3, 3, 4, 4, 5}, sum.longArray());
    assertTrue(
        message(ShapeException.class, () -> Tensor.ones(2, 3).add(Tensor.ones(2, 4)))
            .contains(
                "The size of tensor a (3) must match the size of tensor b (4) at non-singleton"
                    + " dimension 1"));
  }

  @Test
  @DisplayName("S6.2 tensors with dimensions decide before 0-dim ones, and those before numbers")
  void promotion() {
    Tensor i = Tensor.tensor(1L, 2);
    Tensor f16 = Tensor.ones(Options.dtype(DType.F16), 2);
    assertEquals(DType.F32, i.div(i).dtype());
    assertEquals(DType.F32, i.add(0.5).dtype());
    assertEquals(DType.F16, f16.add(0.5).dtype());
    assertEquals(DType.F16, f16.add(Tensor.tensor(2.0)).dtype());
    assertEquals(DType.F16, f16.mul(i).dtype());
    assertEquals(DType.I16, Tensor.ones(Options.dtype(DType.I8), 1).add(i.toByte()).dtype());
    assertEquals(DType.BOOL, i.gt(1.5).dtype());
    assertEquals(DType.F64, i.floatPower(2).dtype());
    assertEquals(DType.F32, i.exp().dtype());
  }

  @Test
  @DisplayName("S6.4 in-place operations keep storage; others do not")
  void inPlace() {
    Tensor x = Tensor.tensor(1f, 2);
    Tensor y = Tensor.tensor(3f, 4);
    assertSame(y, y.add_(x));
    assertArrayEquals(new float[] {4, 6}, y.floatArray());
    assertFalse(y.sameStorage(y.add(x)));
    Tensor view = y.narrow(0, 0, 1);
    assertTrue(view.mul_(10).sameStorage(y));
    assertArrayEquals(new float[] {40, 6}, y.floatArray());
    assertArrayEquals(new float[] {0, 0}, y.zero_().floatArray());
    assertArrayEquals(new float[] {0.5f, 0.5f}, y.sigmoid_().floatArray());
  }

  @Test
  @DisplayName("S6.4 a result that cannot be cast to the target is an error and writes nothing")
  void inPlaceCast() {
    Tensor i = Tensor.tensor(1L, 2);
    assertTrue(
        message(DTypeException.class, () -> i.add_(0.5))
            .contains("result type f32 can't be cast to the desired output type i64"));
    assertThrows(ShapeException.class, () -> i.add_(Tensor.ones(2, 2).toLong()));
    assertArrayEquals(new long[] {1, 2}, i.longArray());
    Tensor f = Tensor.ones(2);
    assertEquals(DType.F32, f.add_(Tensor.ones(Options.dtype(DType.F64), 2)).dtype());
  }

  @Test
  @DisplayName("S6.5 out writes into the target, converts, and resizes only an empty one")
  void out() {
    Tensor target = Tensor.empty(3, 3);
    assertSame(target, Tensor.out(target).add(GRID, GRID.t()));
    assertArrayEquals(new float[] {0, 4, 8, 4, 8, 12, 8, 12, 16}, target.floatArray());
    Tensor empty = Tensor.empty(0);
    Tensor.out(empty).mul(GRID, 2);
    assertArrayEquals(new long[] {3, 3}, empty.shape().toArray());
    Tensor.out(target).of(() -> GRID.toFloat().exp().log().round());
    assertArrayEquals(GRID.toFloat().floatArray(), target.floatArray());
    assertThrows(ShapeException.class, () -> Tensor.out(Tensor.zeros(2)).add(GRID, GRID));
    assertThrows(
        DTypeException.class, () -> Tensor.out(Tensor.zeros(3, 3).toLong()).div(GRID, GRID));
    Tensor leaf = Tensor.ones(3, 3).requiresGrad_();
    assertTrue(
        message(AutogradException.class, () -> Tensor.out(target).add(leaf, 1))
            .contains("don't support automatic differentiation"));
    try (GradMode.Scope _ = GradMode.noGrad()) {
      assertEquals(2f, Tensor.out(target).add(leaf, 1).select(0, 0).select(0, 0).item());
    }
  }

  @Test
  @DisplayName("S6.6 writing what overlaps itself, or partly an input, is an error")
  void overlap() {
    Tensor expanded = Tensor.zeros(1).expand(3);
    assertTrue(
        message(TensorException.class, () -> expanded.add_(1))
            .contains("more than one element of the written-to tensor refers to a single memory"));
    Tensor t = Tensor.tensor(1f, 2, 3);
    Tensor head = t.narrow(0, 0, 2);
    Tensor tail = t.narrow(0, 1, 2);
    assertTrue(
        message(TensorException.class, () -> head.add_(tail))
            .contains("some elements of the input tensor and the written-to tensor refer to"));
    assertThrows(TensorException.class, () -> Tensor.out(head).mul(tail, tail));
    assertThrows(TensorException.class, () -> expanded.uniform_());
    assertArrayEquals(new float[] {1, 2, 3}, t.floatArray());
    assertArrayEquals(new float[] {2, 4}, head.add_(head).floatArray());
  }

  @Test
  @DisplayName("S6.7 integers wrap, dividing them by zero is an error, floats give inf and nan")
  void integerOverflowAndZero() {
    Tensor most = Tensor.tensor(new long[] {Long.MAX_VALUE});
    assertEquals(Long.MIN_VALUE, most.add(1).item());
    assertEquals(44L, Tensor.tensor(200L, 1).toByte().add(100).select(0, 0).item());
    Tensor i = Tensor.tensor(7L, -7);
    Tensor zero = Tensor.tensor(1L, 0);
    String phrase = "ZeroDivisionError";
    assertTrue(message(NumericalException.class, () -> i.floorDivide(0)).contains(phrase));
    assertTrue(message(NumericalException.class, () -> i.remainder(zero)).contains(phrase));
    assertTrue(message(NumericalException.class, () -> i.fmod_(zero)).contains(phrase));
    assertTrue(
        message(NumericalException.class, () -> i.div(zero, RoundingMode.TRUNC)).contains(phrase));
    assertTrue(message(NumericalException.class, () -> zero.rfloorDivide(1)).contains(phrase));
    assertArrayEquals(new long[] {7, -7}, i.longArray());
    assertArrayEquals(new float[] {7, Float.NEGATIVE_INFINITY}, i.div(zero).floatArray());
    assertTrue(Double.isNaN(Tensor.tensor(0.0).div(0).item().doubleValue()));
    assertArrayEquals(new long[] {3, -4}, i.floorDivide(2).longArray());
    assertArrayEquals(new long[] {1, 1}, i.remainder(2).longArray());
    assertArrayEquals(new long[] {1, -1}, i.fmod(2).longArray());
  }

  @Test
  @DisplayName("S6.3 dtypes that an operation does not take are refused with PyTorch's phrase")
  void refusals() {
    Tensor i = Tensor.tensor(1L, 2);
    Tensor b = Tensor.tensor(true, false);
    assertTrue(
        message(DTypeException.class, () -> i.silu())
            .contains("\"silu\" not implemented for 'Long'"));
    assertTrue(
        message(DTypeException.class, () -> b.sub(1)).contains("Subtraction, the `-` operator"));
    assertTrue(message(DTypeException.class, () -> b.neg()).contains("Negation, the `-` operator"));
    assertTrue(
        message(DTypeException.class, () -> i.add(i, 0.5))
            .contains("argument alpha must not be a floating point number"));
    assertTrue(
        message(TensorException.class, () -> i.pow(-1))
            .contains("Integers to negative integer powers are not allowed"));
    assertTrue(
        message(DTypeException.class, () -> i.where(i, i))
            .contains(
                "where expected condition to be a boolean tensor, but got a tensor with dtype"
                    + " Long"));
    assertTrue(
        message(DTypeException.class, () -> i.maskedFill(i, 1))
            .contains("only supports boolean masks"));
    assertTrue(
        message(DTypeException.class, () -> Tensor.ones(1).bitwiseAnd(Tensor.ones(1)))
            .contains("not implemented for 'Float'"));
  }

  @Test
  @DisplayName("S6.8 a result has the same bits in every layout, and in every place")
  void sameBitsEverywhere() {
    Tensor x = Tensor.rand(37, 53);
    Tensor y = x.exp().mul(x.sin()).add(x.log1p());
    assertTrue(y.equal(x.t().contiguous().t().exp().mul(x.sin()).add(x.log1p())));
    Tensor part = x.narrow(1, 5, 11).narrow(0, 3, 7);
    assertTrue(
        y.narrow(1, 5, 11)
            .narrow(0, 3, 7)
            .equal(part.exp().mul(part.sin()).add(part.clone().log1p())));
  }
}
