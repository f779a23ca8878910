package io.gradus;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gradus.tensor.error.DTypeException;
import io.gradus.tensor.error.DeviceException;
import io.gradus.tensor.error.ShapeException;
import io.gradus.tensor.error.TensorException;
import io.gradus.tensor.error.TensorIndexException;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class MisuseTest {
  private final Tensor x = Tensor.tensor(1d, 2, 3, 4, 5, 6).view(2, 3);

  private <T extends TensorException> void refused(Class<T> type, String phrase, Runnable call) {
    int version = x.version();
    T e = assertThrows(type, call::run);
    assertTrue(e.getMessage().contains(phrase), e.getMessage());
    assertArrayEquals(new double[] {1, 2, 3, 4, 5, 6}, x.doubleArray());
    assertEquals(version, x.version());
  }

  @Test
  @DisplayName("S13 shapes that do not broadcast are refused with both sizes")
  void shapes() {
    Tensor wrong = Tensor.tensor(1d, 2);
    refused(ShapeException.class, "(3) must match the size of tensor b (2)", () -> x.add(wrong));
    refused(ShapeException.class, "(3) must match the size of tensor b (2)", () -> x.add_(wrong));
    refused(ShapeException.class, "", () -> x.copy_(wrong));
    refused(
        ShapeException.class,
        "doesn't match the broadcast shape",
        () -> x.add_(Tensor.tensor(1d, 2).view(2, 1, 1)));
    refused(ShapeException.class, "[2, 3]", () -> x.view(4));
    refused(ShapeException.class, "cannot be multiplied", () -> x.mm(x));
    refused(ShapeException.class, "cannot be converted to Scalar", x::item);
  }

  @Test
  @DisplayName("S13 dtypes that do not fit are refused with both names")
  void dtypes() {
    Tensor whole = Tensor.tensor(1L, 2);
    assertThrows(DTypeException.class, () -> whole.add_(0.5));
    assertThrows(DTypeException.class, whole::requiresGrad_);
    assertThrows(DTypeException.class, whole::mean);
    assertArrayEquals(new long[] {1, 2}, whole.longArray());
    refused(DTypeException.class, "dtype", () -> x.mm(Tensor.ones(3, 2)));
  }

  @Test
  @DisplayName("S13 dimensions and indices out of range are refused with the allowed range")
  void ranges() {
    refused(TensorIndexException.class, "expected to be in", () -> x.transpose(0, 2));
    refused(TensorIndexException.class, "expected to be in", () -> x.sum(3));
    refused(TensorException.class, "", () -> x.select(1, 3));
    refused(TensorException.class, "", () -> x.narrow(1, 2, 2));
    refused(TensorException.class, "", () -> x.indexSelect(0, Tensor.tensor(2L)));
  }

  @Test
  @DisplayName("S13 a NaN loss, empty and 0-dim tensors are no errors")
  void unusualValues() {
    Tensor w = Tensor.tensor(-1d).requiresGrad_();
    w.log().sum().backward();
    Tensor g = w.grad();
    assertTrue(g != null && g.numel() == 1);
    Tensor empty = Tensor.tensor(new double[0]).requiresGrad_();
    empty.mul(2).sum().backward();
    assertEquals(0, empty.grad().numel());
    Tensor scalar = Tensor.tensor(3d).view().requiresGrad_();
    scalar.mul(scalar).backward();
    assertEquals(6, scalar.grad().item().doubleValue());
  }

  @Test
  @DisplayName("S13 more elements than a CPU tensor can hold are refused, saying how many")
  void tooLarge() {
    assertThrows(DeviceException.class, () -> Tensor.zeros(1L << 16, 1L << 16));
  }

  @Test
  @DisplayName("S13 a backward walk that fails changes no gradient")
  void failedBackward() {
    Tensor w = Tensor.tensor(1d, 2).requiresGrad_();
    Tensor v = Tensor.tensor(1d, 2).requiresGrad_();
    Tensor y = w.exp();
    Tensor loss = y.mul(v).sum().add(v.sum());
    y.detach().zero_();
    assertThrows(TensorException.class, loss::backward);
    assertTrue(w.grad() == null && v.grad() == null);
  }
}
