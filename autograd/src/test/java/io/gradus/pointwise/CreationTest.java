package io.gradus.pointwise;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gradus.Options;
import io.gradus.Tensor;
import io.gradus.tensor.dtype.DType;
import io.gradus.tensor.error.DTypeException;
import io.gradus.tensor.error.DeviceException;
import io.gradus.tensor.error.InvalidArgumentException;
import io.gradus.tensor.error.ShapeException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.FloatBuffer;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class CreationTest {
  @Test
  @DisplayName("S1.1 tensor takes nested arrays and lists, and infers the dtype")
  void nestedData() {
    assertEquals(DType.I64, Tensor.tensor(List.of(List.of(1, 2), List.of(3, 4))).dtype());
    assertEquals(DType.F32, Tensor.tensor(List.of(1, 2.5)).dtype());
    assertEquals(DType.BOOL, Tensor.tensor(List.of(true, false)).dtype());
    assertEquals(DType.I32, Tensor.tensor(new int[][] {{1, 2}, {3, 4}}).dtype());
    assertEquals(DType.F64, Tensor.tensor(new double[][][] {{{1}}, {{2}}}).dtype());
    Tensor t = Tensor.tensor(new float[][] {{1, 2, 3}, {4, 5, 6}});
    assertArrayEquals(new long[] {2, 3}, t.shape().toArray());
    assertArrayEquals(new float[] {1, 2, 3, 4, 5, 6}, t.floatArray());
    assertEquals(0, Tensor.tensor(3).dim());
    assertArrayEquals(
        new long[] {2, 0}, Tensor.tensor(List.of(List.of(), List.of())).shape().toArray());
  }

  @Test
  @DisplayName("S1.1 tensor always copies")
  void copies() {
    float[] array = {1, 2};
    Tensor t = Tensor.tensor(array);
    array[0] = 9;
    assertArrayEquals(new float[] {1, 2}, t.floatArray());
  }

  @Test
  @DisplayName("S1.1 ragged rows are an error that names the first one")
  void ragged() {
    ShapeException e =
        assertThrows(
            ShapeException.class,
            () -> Tensor.tensor(List.of(List.of(List.of(1, 2)), List.of(List.of(3)))));
    assertTrue(e.getMessage().contains("expected sequence of length 2 at dim 2 (got 1)"));
    assertTrue(e.getMessage().contains("data[1][0]"), e.getMessage());
    assertThrows(ShapeException.class, () -> Tensor.tensor(new float[][] {{1}, {2, 3}}));
    assertThrows(ShapeException.class, () -> Tensor.tensor(List.of(1, List.of(2))));
    assertThrows(InvalidArgumentException.class, () -> Tensor.tensor(List.of("one")));
    assertThrows(
        InvalidArgumentException.class, () -> Tensor.tensor(List.of(300), Options.dtype(DType.I8)));
  }

  @Test
  @DisplayName("S1.2 wrap shares memory with arrays, buffers and heap segments, both ways")
  void wraps() {
    float[] array = {1, 2, 3, 4};
    Tensor t = Tensor.wrap(array, 2, 2);
    array[0] += 1;
    assertEquals(2f, t.select(0, 0).select(0, 0).item());
    t.add_(1);
    assertArrayEquals(new float[] {3, 3, 4, 5}, array);
    Tensor part = Tensor.wrap(FloatBuffer.wrap(array, 1, 2).slice());
    part.zero_();
    assertArrayEquals(new float[] {3, 0, 0, 5}, array);
    Tensor bytes = Tensor.wrap(new byte[] {-1, 1}, DType.U8);
    assertArrayEquals(new long[] {255, 1}, bytes.longArray());
    MemorySegment tail = MemorySegment.ofArray(array).asSlice(12);
    assertEquals(5f, Tensor.wrap(tail, DType.F32).item());
    assertThrows(ShapeException.class, () -> Tensor.wrap(array, 3));
    assertThrows(DTypeException.class, () -> Tensor.wrap(array, DType.I32));
  }

  @Test
  @DisplayName("S1.2 memory outside of the heap is refused by wrap and copied by asTensor")
  void offHeap() {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment memory = arena.allocateFrom(ValueLayout.JAVA_FLOAT, 1, 2);
      DeviceException e = assertThrows(DeviceException.class, () -> Tensor.wrap(memory, DType.F32));
      assertTrue(e.getMessage().contains("outside of the heap"));
      assertArrayEquals(new float[] {1, 2}, Tensor.asTensor(memory, DType.F32).floatArray());
    }
    float[] array = {1, 2};
    Tensor.asTensor(array).mul_(3);
    assertArrayEquals(new float[] {3, 6}, array);
    Tensor t = Tensor.ones(2);
    assertSame(t, Tensor.asTensor(t));
  }

  @Test
  @DisplayName("S1.2 floatArray copies, memory shares")
  void wayBack() {
    Tensor t = Tensor.tensor(1f, 2);
    t.floatArray()[0] = 9;
    assertArrayEquals(new float[] {1, 2}, t.floatArray());
    t.memory().setAtIndex(ValueLayout.JAVA_FLOAT, 0, 9);
    assertArrayEquals(new float[] {9, 2}, t.floatArray());
    Tensor matrix = Tensor.arange(4).view(2, 2);
    assertThrows(ShapeException.class, () -> matrix.t().memory());
    assertEquals(List.of(List.of(0L, 1L), List.of(2L, 3L)), matrix.toList());
    assertArrayEquals(new boolean[] {false, true}, Tensor.arange(2).booleanArray());
  }

  @Test
  @DisplayName("S1.3 sizes and numbers: empty, zeros, ones, full, eye")
  void constants() {
    assertArrayEquals(new long[] {2, 3}, Tensor.empty(2, 3).shape().toArray());
    assertArrayEquals(new float[] {0, 0}, Tensor.zeros(2).floatArray());
    assertEquals(DType.F64, Tensor.ones(Options.dtype(DType.F64), 2).dtype());
    assertEquals(DType.I64, Tensor.full(new long[] {2}, 7).dtype());
    assertEquals(DType.F32, Tensor.full(new long[] {2}, 7.5).dtype());
    assertEquals(DType.BOOL, Tensor.full(new long[] {2}, true).dtype());
    assertArrayEquals(new float[] {1, 0, 0, 0, 1, 0}, Tensor.eye(2, 3).floatArray());
    InvalidArgumentException e =
        assertThrows(
            InvalidArgumentException.class,
            () -> Tensor.full(Options.dtype(DType.U8), new long[] {1}, 300));
    assertTrue(e.getMessage().contains("value cannot be converted to type u8 without overflow"));
    assertThrows(ShapeException.class, () -> Tensor.zeros(-1));
    assertThrows(InvalidArgumentException.class, () -> Tensor.eye(-1));
  }

  @Test
  @DisplayName("S1.3 arange is half-open, and i64 for whole numbers")
  void arange() {
    assertArrayEquals(new long[] {0, 1, 2}, Tensor.arange(3).longArray());
    assertEquals(DType.I64, Tensor.arange(3).dtype());
    assertArrayEquals(new long[] {5, 3}, Tensor.arange(5, 1, -2).longArray());
    assertArrayEquals(new float[] {0, 0.25f, 0.5f}, Tensor.arange(0, 0.75, 0.25).floatArray());
    assertEquals(DType.F32, Tensor.arange(2.0).dtype());
    assertEquals(DType.U8, Tensor.arange(Options.dtype(DType.U8), 3).dtype());
    assertEquals(0, Tensor.arange(2, 2).numel());
    assertThrows(InvalidArgumentException.class, () -> Tensor.arange(0, 3, 0));
    assertThrows(InvalidArgumentException.class, () -> Tensor.arange(3, 0));
    assertThrows(InvalidArgumentException.class, () -> Tensor.arange(0, Double.NaN));
  }

  @Test
  @DisplayName("S1.3 linspace and logspace include both ends")
  void spaces() {
    assertArrayEquals(
        new float[] {0, 0.25f, 0.5f, 0.75f, 1}, Tensor.linspace(0, 1, 5).floatArray());
    assertArrayEquals(new float[] {3}, Tensor.linspace(3, 10, 1).floatArray());
    assertEquals(0, Tensor.linspace(3, 10, 0).numel());
    assertArrayEquals(new float[] {1, 10, 100}, Tensor.logspace(0, 2, 3).floatArray());
    assertArrayEquals(
        new float[] {1, 2, 4}, Tensor.logspace(Options.DEFAULT, 0, 2, 3, 2).floatArray());
    assertThrows(InvalidArgumentException.class, () -> Tensor.linspace(0, 1, -1));
  }

  @Test
  @DisplayName("S1.5 Likes inherit shape, dtype and device, new ones dtype and device")
  void likes() {
    Tensor like = Tensor.tensor(new int[][] {{1, 2}, {3, 4}});
    assertEquals(DType.I32, Tensor.zerosLike(like).dtype());
    assertArrayEquals(new long[] {1, 1, 1, 1}, Tensor.onesLike(like).longArray());
    assertArrayEquals(new long[] {7, 7, 7, 7}, Tensor.fullLike(like, 7).longArray());
    assertEquals(DType.F32, Tensor.randLike(like, Options.dtype(DType.F32)).dtype());
    assertEquals(like.shape(), Tensor.randnLike(like, Options.dtype(DType.F64)).shape());
    assertEquals(DType.I32, Tensor.randintLike(like, 5).dtype());
    assertArrayEquals(like.t().stride(), Tensor.emptyLike(like.t()).stride());
    assertEquals(DType.I32, like.newZeros(3).dtype());
    assertEquals(DType.I32, like.newFull(new long[] {1}, 2).dtype());
    assertEquals(DType.I32, like.newTensor(List.of(1L, 2L)).dtype());
    assertArrayEquals(new long[] {3}, like.newOnes(3).shape().toArray());
    assertThrows(DTypeException.class, () -> Tensor.randLike(like));
  }

  @Test
  @DisplayName("S1.6 the default dtype is f32 at start and can be another floating one")
  void defaultDtype() {
    assertEquals(DType.F32, Tensor.defaultDtype());
    DTypeException e = assertThrows(DTypeException.class, () -> Tensor.setDefaultDtype(DType.I64));
    assertTrue(e.getMessage().contains("only floating-point types"));
    assertEquals(DType.F32, Tensor.defaultDtype());
  }

  @Test
  @DisplayName("S1.7 requiresGrad at creation is for floating dtypes only")
  void requiresGrad() {
    assertTrue(Tensor.ones(Options.DEFAULT.requiresGrad(true), 2).requiresGrad());
    assertFalse(Tensor.ones(2).requiresGrad());
    DTypeException e =
        assertThrows(
            DTypeException.class,
            () -> Tensor.zeros(Options.dtype(DType.I64).requiresGrad(true), 2));
    assertTrue(
        e.getMessage().contains("Only Tensors of floating point dtype can require gradients"));
    assertThrows(
        DTypeException.class,
        () -> Tensor.tensor(List.of(1, 2), Options.DEFAULT.requiresGrad(true)));
  }
}
