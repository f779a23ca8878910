package io.gradus.backend.cuda;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gradus.Tensor;
import io.gradus.backend.cuda.standin.StandIn;
import io.gradus.linalg.Linalg;
import io.gradus.nn.ConvOptions;
import io.gradus.nn.Convolutions;
import io.gradus.nn.Functional;
import io.gradus.nn.Lookups;
import io.gradus.nn.Normalizations;
import io.gradus.tensor.backend.Device;
import io.gradus.tensor.error.DeviceException;
import java.util.List;
import java.util.function.BinaryOperator;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Operands on two devices, one of each kind of kernel; {@code FuzzTest} of {@code autograd} does it
 * to all operations.
 */
@Tag("standin")
class MixedDevicesTest {
  private static final List<BinaryOperator<Tensor>> CALLS =
      List.of(
          Tensor::add,
          Tensor::add_,
          Tensor::matmul,
          (a, b) -> a.addmm(a, b),
          (a, b) -> a.gather(0, zeros(b)),
          (a, b) -> a.indexSelect(1, zeros(b).get(0)),
          (a, b) -> a.scatterAdd(0, zeros(a), b),
          (a, b) -> a.indexAdd_(0, zeros(a).get(0), b),
          (a, b) -> Tensor.cat(List.of(a, b), 0),
          (a, b) -> a.where(a.gt(0), b),
          (a, b) -> Normalizations.layerNorm(a, new long[] {2}, b.get(0), b.get(1), 1e-5),
          (a, b) -> Lookups.embedding(b, zeros(a)),
          (a, b) ->
              Convolutions.conv2d(
                  a.view(1, 1, 2, 2), b.view(1, 1, 2, 2), null, ConvOptions.DEFAULT),
          (a, b) -> Functional.crossEntropy(a, zeros(b).get(0)),
          (a, b) -> Linalg.solve(a, b));

  private static StandIn standIn;

  @BeforeAll
  static void install() {
    standIn = StandIn.forTest(MixedDevicesTest.class);
  }

  private static Tensor zeros(Tensor like) {
    return like.detach().mul(0).toLong();
  }

  private static void refused(Device one, Device other) {
    float[] values = {1, 2, 3, 5};
    for (int i = 0; i < CALLS.size(); i++) {
      BinaryOperator<Tensor> call = CALLS.get(i);
      Tensor a = Tensor.tensor(values).view(2, 2).to(one);
      Tensor b = Tensor.tensor(values).view(2, 2).to(other);
      String which = "call " + i;
      DeviceException e = assertThrows(DeviceException.class, () -> call.apply(a, b), which);
      String text = String.valueOf(e.getMessage());
      assertTrue(text.contains("Expected all tensors to be on the same device"), text);
      assertTrue(text.contains(one.name()) && text.contains(other.name()), text);
      assertTrue(text.contains("move one with to(device)"), text);
      assertArrayEquals(values, a.flatten().floatArray(), which);
      assertArrayEquals(values, b.flatten().floatArray(), which);
    }
    assertEquals(List.of(), standIn.findings().take());
  }

  @Test
  @DisplayName("S11.2 a GPU and the CPU: every kind of operation refuses, and changes nothing")
  void gpuAndCpu() {
    refused(Device.cuda(0), Device.cpu());
    refused(Device.cpu(), Device.cuda(0));
  }

  @Test
  @DisplayName("S11.2 two GPUs: every kind of operation refuses, and changes nothing")
  void twoGpus() {
    refused(Device.cuda(0), Device.cuda(1));
  }
}
