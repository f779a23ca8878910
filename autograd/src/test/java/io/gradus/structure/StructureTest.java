package io.gradus.structure;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gradus.Index;
import io.gradus.Tensor;
import io.gradus.graph.Node;
import io.gradus.linalg.Linalg;
import io.gradus.tensor.dtype.DType;
import io.gradus.tensor.error.AutogradException;
import io.gradus.tensor.error.DTypeException;
import io.gradus.tensor.error.NumericalException;
import io.gradus.tensor.error.ShapeException;
import io.gradus.tensor.error.TensorException;
import io.gradus.tensor.error.TensorIndexException;
import io.gradus.tensor.layout.Shape;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class StructureTest {
  private static Tensor grid() {
    return Tensor.arange(9).view(3, 3);
  }

  private static void assertMessage(TensorException e, String... parts) {
    for (String part : parts) {
      assertTrue(e.getMessage().contains(part), e.getMessage());
    }
  }

  @Test
  @DisplayName("S3.1 assignment through the ellipsis and a column of ones(4, 4)")
  void assignment() {
    Tensor t = Tensor.ones(4, 4);
    t.set(100, Index.ELLIPSIS, Index.at(-1));
    t.set(10, Index.ALL, Index.at(1));
    for (int row = 0; row < 4; row++) {
      assertArrayEquals(new double[] {1, 10, 1, 100}, t.get(row).doubleArray());
    }
  }

  @Test
  @DisplayName("S3.2 basic subscripts share memory, masks and index tensors copy")
  void viewsAndCopies() {
    Tensor t = Tensor.ones(3, 4);
    assertTrue(t.get(Index.slice(0, 2), Index.NEW_AXIS, Index.at(-1)).sameStorage(t));
    assertFalse(t.get(Index.of(0L, 2L)).sameStorage(t));
    assertFalse(t.get(t.gt(0)).sameStorage(t));
  }

  @Test
  @DisplayName("S3.3 gather takes from each line what its index names")
  void gather() {
    Tensor t = Tensor.tensor(1L, 2L, 3L, 4L).view(2, 2);
    Tensor index = Tensor.tensor(0L, 0L, 1L, 0L).view(2, 2);
    assertArrayEquals(new long[] {1, 1, 4, 3}, t.gather(1, index).longArray());
  }

  @Test
  @DisplayName("S3.4 an index out of range names index, dimension and size, and writes nothing")
  void outOfRange() {
    Tensor t = Tensor.zeros(2, 3);
    Tensor ones = Tensor.ones(2, 2);
    List<Runnable> writes =
        List.of(
            () -> t.set(1, Index.ALL, Index.of(0L, 7L)),
            () -> t.indexCopy_(1, Tensor.tensor(0L, 7L), ones),
            () -> t.indexAdd_(1, Tensor.tensor(0L, 7L), ones),
            () -> t.scatter_(1, Tensor.tensor(0L, 7L).view(2, 1), 1),
            () -> t.get(1, 7));
    for (Runnable write : writes) {
      TensorIndexException e = assertThrows(TensorIndexException.class, write::run);
      assertMessage(e, "index 7", "dimension 1", "size 3");
      assertArrayEquals(new double[6], t.doubleArray());
    }
  }

  @Test
  @DisplayName("S4.1 cat joins along a dimension, stack along a new one")
  void joining() {
    Tensor a = Tensor.ones(3, 4);
    assertEquals(Shape.of(6, 4), Tensor.cat(List.of(a, a)).shape());
    assertEquals(Shape.of(2, 3, 4), Tensor.stack(List.of(a, a)).shape());
    ShapeException e =
        assertThrows(ShapeException.class, () -> Tensor.cat(List.of(a, Tensor.ones(2, 5))));
    assertMessage(e, "Sizes of tensors must match except in dimension 0", "4", "5");
  }

  @Test
  @DisplayName("S4.2 split refuses sizes that do not add up, and its parts refuse in-place writes")
  void splitting() {
    Tensor t = Tensor.arange(10);
    List<Tensor> parts = t.chunk(4);
    assertEquals(List.of(3L, 3L, 3L, 1L), parts.stream().map(Tensor::numel).toList());
    ShapeException e = assertThrows(ShapeException.class, () -> t.split(new long[] {4, 5}));
    assertMessage(e, "sum exactly to 10", "sum to 9");
    Tensor part = Tensor.ones(4).requiresGrad_().mul(2).split(2).get(0);
    AutogradException refused = assertThrows(AutogradException.class, () -> part.mul_(2));
    assertMessage(refused, "multiple views");
  }

  @Test
  @DisplayName("S5.1 a write to a view or a shared reshape shows in the tensor, one to a clone not")
  void sharing() {
    Tensor x = Tensor.zeros(3, 5);
    x.view(15).set(100, Index.at(0));
    assertEquals(100.0, x.get(0, 0).item().doubleValue());
    x.reshape(15).set(250, Index.at(0));
    assertEquals(250.0, x.get(0, 0).item().doubleValue());
    x.clone().view(15).set(1, Index.at(0));
    assertEquals(250.0, x.get(0, 0).item().doubleValue());
    ShapeException e = assertThrows(ShapeException.class, () -> x.t().view(15));
    assertMessage(e, "view size is not compatible", "reshape");
  }

  @Test
  @DisplayName("S5.2 a tensor transposed in place keeps its history")
  void transposedInPlace() {
    Tensor x = Tensor.arange(6).to(DType.F64).view(2, 3).clone().requiresGrad_();
    Tensor y = x.mul(2);
    y.t_();
    assertEquals(Shape.of(3, 2), y.shape());
    Node node = assertNotNullNode(y);
    assertEquals("TBackward1", node.name());
    y.select(0, 1).sum().backward();
    Tensor g = x.grad();
    assertNotNull(g);
    assertArrayEquals(new double[] {0, 2, 0, 0, 2, 0}, g.doubleArray());
  }

  private static Node assertNotNullNode(Tensor t) {
    Node node = t.gradFn();
    assertNotNull(node);
    return node;
  }

  @Test
  @DisplayName("S7 sums of whole numbers are i64, their mean is refused with a remedy")
  void wholeNumbers() {
    assertEquals(36L, grid().sum().item());
    assertEquals(DType.I64, grid().to(DType.U8).sum().dtype());
    DTypeException e = assertThrows(DTypeException.class, () -> grid().mean());
    assertMessage(e, "could not infer output dtype", "to(f32)");
  }

  @Test
  @DisplayName("S7 what has no value for nothing is refused on empty tensors")
  void emptyReductions() {
    Tensor none = Tensor.ones(0, 3);
    assertEquals(0.0, none.sum().item().doubleValue());
    assertEquals(1.0, none.prod().item().doubleValue());
    assertTrue(Double.isNaN(none.mean().item().doubleValue()));
    assertThrows(TensorIndexException.class, () -> none.max());
    TensorIndexException e = assertThrows(TensorIndexException.class, () -> none.argmin(0));
    assertMessage(e, "Expected reduction dim 0 to have non-zero size");
    assertEquals(Shape.of(0), none.max(1).values().shape());
  }

  @Test
  @DisplayName("S7 NaN is the result of extremes and sorts last; softmax survives large numbers")
  void extremesAndNaN() {
    Tensor t = Tensor.tensor(1.0, Double.NaN, 3.0);
    assertTrue(Double.isNaN(t.max().item().doubleValue()));
    assertEquals(1L, t.argmax().item());
    assertArrayEquals(new long[] {0, 2, 1}, t.argsort().longArray());
    assertArrayEquals(
        new double[] {0.5, 0.5}, Tensor.tensor(1e30, 1e30).softmax(0).doubleArray(), 1e-15);
  }

  @Test
  @DisplayName("S8 matmul of every pair of ranks, with batches that broadcast")
  void matmul() {
    assertArrayEquals(
        new long[] {5, 14, 23, 14, 50, 86, 23, 86, 149}, grid().matmul(grid().T()).longArray());
    long[][] left = {{3}, {2, 3}, {4, 2, 3}, {5, 1, 2, 3}};
    long[][] right = {{3}, {3, 2}, {4, 3, 2}, {4, 3, 2}};
    String[][] shapes = {
      {"[]", "[2]", "[4, 2]", "[4, 2]"},
      {"[2]", "[2, 2]", "[4, 2, 2]", "[4, 2, 2]"},
      {"[4, 2]", "[4, 2, 2]", "[4, 2, 2]", "[4, 2, 2]"},
      {"[5, 1, 2]", "[5, 1, 2, 2]", "[5, 4, 2, 2]", "[5, 4, 2, 2]"}
    };
    for (int i = 0; i < left.length; i++) {
      for (int j = 0; j < right.length; j++) {
        Tensor r = Tensor.ones(left[i]).matmul(Tensor.ones(right[j]));
        assertEquals(shapes[i][j], r.shape().toString());
        assertEquals(3.0, r.max().item().doubleValue());
      }
    }
    ShapeException e =
        assertThrows(ShapeException.class, () -> Tensor.ones(2, 3).matmul(Tensor.ones(4, 2)));
    assertMessage(e, "mat1 and mat2 shapes cannot be multiplied (2x3 and 4x2)");
  }

  @Test
  @DisplayName("S8 the trace of arange(1, 10) is 15; a singular matrix names its batch index")
  void traceAndSingular() {
    assertEquals(15L, Tensor.arange(1, 10).view(3, 3).trace().item());
    Tensor batch = Tensor.stack(List.of(Tensor.eye(3), Tensor.zeros(3, 3)));
    NumericalException e = assertThrows(NumericalException.class, () -> Linalg.inv(batch));
    assertMessage(e, "Batch element 1", "singular");
    assertThrows(NumericalException.class, () -> Linalg.cholesky(Tensor.eye(3).neg()));
  }
}
