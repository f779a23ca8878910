package io.gradus.tensor.layout;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gradus.tensor.error.InvalidArgumentException;
import io.gradus.tensor.error.ShapeException;
import io.gradus.tensor.error.TensorException;
import io.gradus.tensor.error.TensorIndexException;
import java.util.stream.LongStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

final class LayoutTest {
  private static final Layout PLANE = Layout.of(Shape.of(3, 4));

  private static long[] elements(Layout layout) {
    return LongStream.range(0, layout.numel()).map(layout::at).toArray();
  }

  private static String messageOf(Class<? extends TensorException> type, Runnable call) {
    return String.valueOf(assertThrows(type, call::run).getMessage());
  }

  @Test
  @DisplayName("S2.4 negative dims count from the end; out of range names the range")
  void wrapsDims() {
    assertEquals(1, Shape.wrapDim(-1, 2));
    assertEquals(0, Shape.wrapDim(-1, 0));
    assertEquals(
        "Dimension out of range (expected to be in range of [-2, 1], but got 3)",
        messageOf(TensorIndexException.class, () -> Shape.wrapDim(3, 2)));
    assertThrows(TensorIndexException.class, () -> Shape.wrapDim(-3, 2));
    assertThrows(InvalidArgumentException.class, () -> Shape.dimSet(new long[] {0, -2}, 2));
  }

  @Test
  void aShapeRefusesNegativeSizesAndTooManyElements() {
    assertThrows(ShapeException.class, () -> Shape.of(2, -1));
    assertThrows(ShapeException.class, () -> Shape.of(1L << 40, 1L << 40));
    assertEquals(0, Shape.of(1L << 40, 1L << 40, 0).numel());
    assertEquals(1, Shape.SCALAR.numel());
  }

  @Test
  @DisplayName("S6.1 shapes broadcast from the last dimension, and name both when they do not")
  void broadcasting() {
    assertEquals(Shape.of(3, 2), Broadcasting.of("add", Shape.of(1, 2), Shape.of(3, 1)));
    assertEquals(Shape.of(0, 2), Broadcasting.of("add", Shape.of(0, 2), Shape.of(2)));
    String message =
        messageOf(
            ShapeException.class, () -> Broadcasting.of("add", Shape.of(2, 3), Shape.of(2, 4)));
    assertTrue(
        message.contains(
            "The size of tensor a (3) must match the size of tensor b (4) at non-singleton"
                + " dimension 1"),
        message);
    Layout repeated = Broadcasting.expand("expand", Layout.of(Shape.of(3, 1)), Shape.of(2, 3, 2));
    assertArrayEquals(new long[] {0, 0, 1, 1, 2, 2, 0, 0, 1, 1, 2, 2}, elements(repeated));
    assertThrows(ShapeException.class, () -> Broadcasting.expand("expand", PLANE, Shape.of(2, 4)));
  }

  @Test
  @DisplayName("S3.1 slices clip, count from the end and step")
  void slices() {
    assertEquals(2, Slice.of(1, 3).count(4));
    assertEquals(3, Slice.from(-3).count(10));
    assertEquals(7, Slice.from(-3).first(10));
    assertEquals(0, Slice.of(3, 1).count(4));
    assertEquals(4, Slice.of(-100, 100).count(4));
    assertEquals(2, Slice.ALL.step(2).count(3));
    assertThrows(InvalidArgumentException.class, () -> Slice.ALL.step(0));
    Layout columns = new ViewOp.Narrow(1, Slice.from(1).step(2)).apply(PLANE);
    assertArrayEquals(new long[] {1, 3, 5, 7, 9, 11}, elements(columns));
  }

  @Test
  @DisplayName("S3.4 selecting outside a dimension names the index, the dim and its size")
  void selects() {
    assertArrayEquals(new long[] {3, 7, 11}, elements(new ViewOp.Select(1, -1).apply(PLANE)));
    String message =
        messageOf(TensorIndexException.class, () -> new ViewOp.Select(1, 4).apply(PLANE));
    assertTrue(message.contains("index 4 is out of bounds for dimension 1 with size 4"), message);
    assertThrows(
        TensorIndexException.class, () -> new ViewOp.Select(0, 0).apply(Layout.of(Shape.SCALAR)));
  }

  @Test
  @DisplayName("S5.1 view refuses what strides cannot express and suggests reshape")
  void views() {
    Layout columnMajor = new ViewOp.Permute("t", new int[] {1, 0}).apply(PLANE);
    assertNull(ViewStrides.tryView(columnMajor, Shape.of(12)));
    String message =
        messageOf(
            ShapeException.class, () -> new ViewOp.View("view", Shape.of(12)).apply(columnMajor));
    assertTrue(message.contains("view size is not compatible"), message);
    assertTrue(message.contains("reshape"), message);
    assertTrue(message.contains("strides [1, 4]"), message);
    assertThrows(ShapeException.class, () -> new ViewOp.View("view", Shape.of(5)).apply(PLANE));
    Layout split = new ViewOp.View("view", Shape.of(4, 3, 1)).apply(columnMajor);
    assertArrayEquals(elements(columnMajor), elements(split));
  }

  @Test
  @DisplayName("S5.1 a view lists the same elements in the same order wherever it exists")
  void viewsKeepOrder() {
    Layout[] sources = {
      PLANE,
      new ViewOp.Permute("t", new int[] {1, 0}).apply(PLANE),
      new ViewOp.Narrow(1, Slice.of(1, 3)).apply(PLANE),
      Broadcasting.expand("expand", Layout.of(Shape.of(1, 4)), Shape.of(3, 4)),
      Layout.of(Shape.of(2, 1, 6), new long[] {6, 99, 1}, 3)
    };
    Shape[] shapes = {
      Shape.of(12),
      Shape.of(4, 3),
      Shape.of(3, 2, 2),
      Shape.of(1, 12, 1),
      Shape.of(6),
      Shape.of(2, 3)
    };
    int expressed = 0;
    for (Layout source : sources) {
      for (Shape to : shapes) {
        Layout view = source.numel() == to.numel() ? ViewStrides.tryView(source, to) : null;
        if (view != null) {
          expressed++;
          assertArrayEquals(elements(source), elements(view), source + " as " + to);
        }
      }
    }
    assertTrue(expressed >= 10, "only " + expressed);
  }

  @Test
  @DisplayName("S5.2 permute, squeeze, unsqueeze, diagonal and unfold")
  void otherViews() {
    ViewOp.Permute permute = new ViewOp.Permute("permute", new int[] {2, 0, 1});
    Layout cube = Layout.of(Shape.of(2, 3, 4));
    assertEquals(cube, permute.inverse().apply(permute.apply(cube)));
    assertEquals(Shape.of(4, 2, 3), permute.apply(cube).shape());
    Layout wide = new ViewOp.Unsqueeze(1).apply(PLANE);
    assertEquals(Shape.of(3, 1, 4), wide.shape());
    assertEquals(PLANE, new ViewOp.Squeeze(new boolean[] {true, true, true}).apply(wide));
    assertArrayEquals(new long[] {1, 6, 11}, elements(new ViewOp.Diagonal(1, 0, 1).apply(PLANE)));
    assertEquals(0, new ViewOp.Diagonal(9, 0, 1).apply(PLANE).numel());
    Layout windows = new ViewOp.Unfold(0, 3, 2).apply(Layout.of(Shape.of(7)));
    assertArrayEquals(new long[] {0, 1, 2, 2, 3, 4, 4, 5, 6}, elements(windows));
    assertThrows(
        ShapeException.class, () -> new ViewOp.Unfold(0, 8, 1).apply(Layout.of(Shape.of(7))));
  }

  @Test
  @DisplayName("S2.1 contiguity ignores dimensions of size 1 and holds for empty tensors")
  void contiguity() {
    assertTrue(Layout.of(Shape.of(1, 4), new long[] {77, 1}, 3).isContiguous());
    assertTrue(Layout.of(Shape.of(0, 4), new long[] {9, 9}, 0).isContiguous());
    assertFalse(new ViewOp.Permute("t", new int[] {1, 0}).apply(PLANE).isContiguous());
    assertEquals(12, PLANE.end());
    assertTrue(Layout.of(Shape.of(2, 2), new long[] {0, 0}, 5).isSingleElement());
  }

  @Test
  @DisplayName("S6.6 overlap of a tensor with itself and with another view is told apart")
  void overlap() {
    Layout left = new ViewOp.Narrow(0, Slice.of(0, 2)).apply(PLANE);
    Layout right = new ViewOp.Narrow(0, Slice.of(1, 3)).apply(PLANE);
    Layout last = new ViewOp.Narrow(0, Slice.of(2, 3)).apply(PLANE);
    assertEquals(Overlap.FULL, Overlap.between(PLANE, Layout.of(Shape.of(3, 4))));
    assertEquals(Overlap.PARTIAL, Overlap.between(left, right));
    assertEquals(Overlap.NONE, Overlap.between(left, last));
    Layout square = Layout.of(Shape.of(3, 3));
    assertEquals(
        Overlap.PARTIAL,
        Overlap.between(square, new ViewOp.Permute("t", new int[] {1, 0}).apply(square)));
    assertTrue(
        Overlap.isInternal(
            Broadcasting.expand("expand", Layout.of(Shape.of(1, 4)), Shape.of(3, 4))));
    assertFalse(Overlap.isInternal(PLANE));
  }
}
