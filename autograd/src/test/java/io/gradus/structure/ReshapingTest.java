package io.gradus.structure;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gradus.Tensor;
import io.gradus.tensor.error.AutogradException;
import io.gradus.tensor.error.DTypeException;
import io.gradus.tensor.error.InvalidArgumentException;
import io.gradus.tensor.error.ShapeException;
import io.gradus.tensor.error.TensorException;
import io.gradus.tensor.layout.Shape;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class ReshapingTest {
  private static final Tensor MATRIX = Tensor.arange(6).view(2, 3);

  @Test
  @DisplayName("S5 resize_ keeps the memory where it suffices")
  void shrinks() {
    Tensor t = MATRIX.clone();
    Tensor before = t.view(6);
    assertSame(t, t.resize_(2, 2));
    assertArrayEquals(new long[] {0, 1, 2, 3}, t.longArray());
    assertTrue(t.sameStorage(before));
  }

  @Test
  @DisplayName("S5 resize_ keeps the elements in the order of memory where it grows")
  void grows() {
    Tensor t = MATRIX.clone().t();
    t.resizeAs_(Tensor.zeros(4, 2));
    assertEquals(Shape.of(4, 2), t.shape());
    assertArrayEquals(new long[] {0, 1, 2, 3, 4, 5}, Arrays.copyOf(t.longArray(), 6));
  }

  @Test
  @DisplayName("S13 resize_ refuses what requires grad, and negative sizes")
  void refusesToResize() {
    Tensor leaf = Tensor.zeros(2).requiresGrad_();
    assertThrows(AutogradException.class, () -> leaf.resize_(3));
    assertThrows(InvalidArgumentException.class, () -> MATRIX.clone().resize_(-1));
  }

  @Test
  @DisplayName("S4 chunkCat puts the pieces of all tensors side by side")
  void chunks() {
    Tensor r = Tensor.chunkCat(List.of(MATRIX, Tensor.arange(3)), 0, 2);
    assertEquals(Shape.of(2, 5), r.shape());
    assertArrayEquals(new long[] {0, 1, 2, 0, 1, 3, 4, 5, 2, 0}, r.longArray());
  }

  @Test
  @DisplayName("S13 chunkCat refuses empty lists and tensors, and sizes that differ")
  void refusesToChunk() {
    Tensor row = Tensor.zeros(1, 4);
    assertThrows(InvalidArgumentException.class, () -> Tensor.chunkCat(List.of(), 0, 2));
    assertThrows(InvalidArgumentException.class, () -> Tensor.chunkCat(List.of(MATRIX), 0, 0));
    assertThrows(ShapeException.class, () -> Tensor.chunkCat(List.of(MATRIX, row), 1, 2));
    assertThrows(ShapeException.class, () -> Tensor.chunkCat(List.of(Tensor.zeros(0)), 0, 2));
    assertThrows(
        ShapeException.class, () -> Tensor.chunkCat(List.of(MATRIX, Tensor.zeros(2)), -1, 2));
  }

  @Test
  @DisplayName("S6.1 broadcastShapes gives the common shape, or says why there is none")
  void commonShape() {
    assertEquals(
        Shape.of(3, 2), Tensor.broadcastShapes(new long[] {1, 2}, new long[] {3, 1}, new long[0]));
    assertThrows(
        ShapeException.class, () -> Tensor.broadcastShapes(new long[] {2}, new long[] {3}));
  }

  @Test
  @DisplayName("S3.3 maskedIndex reads only where the mask is true, whatever the positions")
  void maskedIndex() {
    Tensor mask = Tensor.tensor(true, false, true);
    Tensor rows = Tensor.tensor(1L, 99L, 0L);
    Tensor r = MATRIX.maskedIndex(mask.view(3, 1), Arrays.asList(rows), -1);
    assertArrayEquals(new long[] {3, 4, 5, -1, -1, -1, 0, 1, 2}, r.longArray());
    Tensor sum =
        MATRIX.maskedIndexPut(mask, Arrays.asList(rows, rows), Tensor.tensor(10L, 20L, 30L));
    assertArrayEquals(new long[] {30, 1, 2, 3, 14, 5}, sum.longArray());
    assertThrows(DTypeException.class, () -> MATRIX.maskedIndex(rows, Arrays.asList(rows), 0));
  }

  @Test
  @DisplayName("S5 asStridedScatter writes a copy where asStrided would look")
  void stridedScatter() {
    Tensor r = MATRIX.asStridedScatter(Tensor.tensor(7L, 8L), new long[] {2}, new long[] {4}, 1);
    assertArrayEquals(new long[] {0, 7, 2, 3, 4, 8}, r.longArray());
    assertEquals(1L, MATRIX.get(0, 1).item());
    assertThrows(
        TensorException.class,
        () -> MATRIX.asStridedScatter(Tensor.tensor(7L, 8L), new long[] {2}, new long[] {9}, 1));
  }

  @Test
  @DisplayName("S3.3 narrow takes its start from a tensor of one whole number")
  void narrowFromTensor() {
    assertArrayEquals(new long[] {1, 2, 4, 5}, MATRIX.narrow(1, Tensor.scalar(1L), 2).longArray());
    assertThrows(DTypeException.class, () -> MATRIX.narrow(1, Tensor.tensor(new long[] {1}), 2));
    assertThrows(DTypeException.class, () -> MATRIX.narrow(1, Tensor.scalar(1.0), 2));
  }
}
