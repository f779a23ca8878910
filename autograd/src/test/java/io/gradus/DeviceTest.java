package io.gradus;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gradus.exec.ScatterReduction;
import io.gradus.nn.Normalizations;
import io.gradus.tck.reference.ReferenceDevice;
import io.gradus.tensor.backend.Backends;
import io.gradus.tensor.backend.Device;
import io.gradus.tensor.dtype.DType;
import io.gradus.tensor.error.BackendException;
import io.gradus.tensor.error.DeviceException;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Tensors on two devices; the second one is the reference device under another name. */
class DeviceTest {
  private static final Device OTHER =
      new ReferenceDevice() {
        @Override
        public String type() {
          return "cuda";
        }
      };

  @Test
  @DisplayName("S11.1 to(device) moves values and gradients, and is the tensor itself at home")
  void transfers() {
    Tensor x = Tensor.tensor(new float[] {1, 2, 3}).requiresGrad_();
    Tensor there = x.to(OTHER);
    assertSame(OTHER, there.device());
    assertSame(there, there.to(OTHER));
    there.mul(there).sum().backward();
    Tensor grad = x.grad();
    assertTrue(grad != null && grad.device() == x.device());
    assertArrayEquals(new float[] {2, 4, 6}, grad.floatArray());
    assertTrue(there.detach().toString().contains("device='cuda:0'"), there::toString);
  }

  @Test
  @DisplayName("S11.1 best() is a device of an available backend; a missing one names its artifact")
  void registry() {
    assertEquals("cpu", Device.best().type());
    assertTrue(Backends.available().contains("cpu"), () -> Backends.available().toString());
    BackendException e = assertThrows(BackendException.class, () -> Device.cuda(0));
    assertTrue(String.valueOf(e.getMessage()).contains("backend-cuda"), e::getMessage);
  }

  @Test
  @DisplayName("S11.2 operands on different devices are refused, and both stay as they were")
  void different() {
    Tensor here = Tensor.ones(2);
    Tensor there = Tensor.ones(2).to(OTHER);
    Tensor none = Tensor.zeros(0).to(DType.I64);
    Tensor pair = Tensor.rand(3, 2).to(OTHER);
    for (org.junit.jupiter.api.function.Executable call :
        new org.junit.jupiter.api.function.Executable[] {
          () -> here.add(there),
          () -> there.mul(here),
          () -> here.add_(there),
          () -> here.view(1, 2).matmul(there.view(2, 1)),
          () -> there.where(here.gt(0), there),
          () -> there.gather(0, Tensor.tensor(1L, 0L)),
          () -> here.indexSelect(0, Tensor.tensor(1L).to(OTHER)),
          () -> Normalizations.layerNorm(here, new long[] {2}, there, there, 1e-5),
          () -> here.scatterAdd(0, Tensor.tensor(1L, 0L), there),
          () -> here.scatter(0, none, there, ScatterReduction.PROD),
          () -> Normalizations.batchNorm(pair, there, null, here, null, true, 0.1, 1e-5),
        }) {
      DeviceException e = assertThrows(DeviceException.class, call);
      String text = String.valueOf(e.getMessage());
      assertTrue(text.contains("Expected all tensors to be on the same device"), text);
      assertTrue(text.contains("cuda:0") && text.contains("cpu"), text);
    }
    assertArrayEquals(new float[] {1, 1}, here.floatArray());
    assertArrayEquals(new float[] {1, 1}, there.floatArray());
  }

  @Test
  @DisplayName("S11.2 a 0-dim CPU tensor goes along with tensors of another device")
  void zeroDim() {
    Tensor there = Tensor.ones(2).to(OTHER);
    Tensor sum = there.add(Tensor.tensor(2.5));
    assertSame(OTHER, sum.device());
    assertArrayEquals(new float[] {3.5f, 3.5f}, sum.floatArray());
  }
}
