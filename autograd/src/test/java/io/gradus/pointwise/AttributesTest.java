package io.gradus.pointwise;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gradus.Tensor;
import io.gradus.graph.Node;
import io.gradus.tensor.backend.Device;
import io.gradus.tensor.dtype.DType;
import io.gradus.tensor.error.TensorIndexException;
import java.util.Objects;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class AttributesTest {
  @Test
  @DisplayName("S2.1 a tensor tells its shape, strides, dtype, device and history")
  void attributes() {
    Tensor t = Tensor.arange(12).view(3, 4);
    assertArrayEquals(new long[] {3, 4}, t.shape().toArray());
    assertEquals(4, t.size(-1));
    assertEquals(2, t.dim());
    assertEquals(12, t.numel());
    assertSame(Device.cpu(), t.device());
    assertArrayEquals(new long[] {4, 1}, t.stride());
    assertTrue(t.isContiguous());
    Tensor v = t.t().narrow(0, 1, 2);
    assertEquals(1, v.storageOffset());
    assertArrayEquals(new long[] {1, 4}, v.stride());
    assertFalse(v.isContiguous());
    assertTrue(t.isLeaf());
    assertFalse(t.requiresGrad());
    assertNull(t.grad());
    int before = t.version();
    t.add_(1);
    assertEquals(before + 1, t.version());
  }

  @Test
  @DisplayName("S2.2 every dtype converts to every other")
  void conversions() {
    Tensor t = Tensor.tensor(0f, 1, 2);
    for (DType d : DType.values()) {
      Tensor c = t.to(d);
      assertEquals(d, c.dtype());
      assertArrayEquals(
          d == DType.BOOL ? new long[] {0, 1, 1} : new long[] {0, 1, 2}, c.longArray());
    }
    assertSame(t, t.toFloat());
    assertEquals(DType.F64, t.toDouble().dtype());
    assertEquals(DType.F16, t.toHalf().dtype());
    assertEquals(DType.I64, t.toLong().dtype());
    assertArrayEquals(new long[] {1, -1}, Tensor.tensor(1.9f, -1.9f).toInt().longArray());
    assertArrayEquals(new long[] {44}, Tensor.tensor(new long[] {300}).toByte().longArray());
  }

  private static String name(Tensor t) {
    return Objects.requireNonNull(t.gradFn()).name();
  }

  @Test
  @DisplayName("S2.3 the names of nodes are PyTorch's; a leaf has none")
  void nodeNames() {
    Tensor x = Tensor.ones(2, 2).requiresGrad_();
    Node none = x.gradFn();
    assertNull(none);
    assertEquals("AddBackward0", name(x.add(1)));
    assertEquals("SubBackward0", name(x.sub(x)));
    assertEquals("RsubBackward1", name(x.rsub(1)));
    assertEquals("MulBackward0", name(x.mul(x)));
    assertEquals("DivBackward0", name(x.div(2)));
    assertEquals("PowBackward0", name(x.pow(2)));
    assertEquals("PowBackward1", name(x.pow(x)));
    assertEquals("PowBackward2", name(x.rpow(2)));
    assertEquals("ReluBackward0", name(x.relu()));
    assertEquals("ClampBackward1", name(x.clamp(0, 1)));
    assertEquals("MaskedFillBackward0", name(x.maskedFill(x.gt(0), 1)));
    assertEquals("WhereBackward0", name(x.where(x.gt(0), x)));
    assertEquals("SumBackward0", name(x.sum()));
    assertEquals("ViewBackward0", name(x.view(4)));
  }

  @Test
  @DisplayName("S2.4 negative dims count from the end; out of range is an error")
  void dims() {
    Tensor t = Tensor.ones(2, 3);
    assertEquals(t.size(1), t.size(-1));
    TensorIndexException e = assertThrows(TensorIndexException.class, () -> t.size(3));
    assertTrue(
        e.getMessage()
            .contains("Dimension out of range (expected to be in range of [-2, 1], but got 3)"));
  }
}
