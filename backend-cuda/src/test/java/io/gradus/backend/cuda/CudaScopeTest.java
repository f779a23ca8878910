package io.gradus.backend.cuda;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.gradus.Tensor;
import io.gradus.TensorScope;
import io.gradus.backend.cuda.standin.StandIn;
import io.gradus.fusion.Fusion;
import io.gradus.nn.Linear;
import io.gradus.nn.loss.CrossEntropyLoss;
import io.gradus.optim.Adam;
import io.gradus.tensor.backend.Device;
import io.gradus.tensor.error.BackendException;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Scopes of tensors on a GPU, with work that is run as late as it may be. */
@Tag("standin")
class CudaScopeTest {
  private static final int N = 1024;

  private final StandIn standIn = StandIn.forTest(CudaScopeTest.class);
  private CudaDevice device;

  @BeforeEach
  void late() {
    device = (CudaDevice) Device.of("cuda:0");
    Tensor.setDefaultDevice(device);
    standIn.deferred(5);
  }

  @AfterEach
  void restore() {
    standIn.eager();
    Tensor.setDefaultDevice(Device.cpu());
    assertEquals(List.of(), standIn.findings().take());
  }

  @Test
  @DisplayName("at the end of a scope all memory but its result's is free")
  void free() {
    Tensor x = Tensor.ones(N);
    Fusion.compute(x);
    device.synchronize();
    long before = device.memoryStatistics().liveBytes();
    Tensor[] middle = new Tensor[1];
    Tensor y =
        TensorScope.run(
            () -> {
              middle[0] = x.mul(2);
              Fusion.compute(middle[0]);
              return middle[0].add(1).cumsum(0);
            });
    device.synchronize();
    assertEquals(N * Float.BYTES, device.memoryStatistics().liveBytes() - before);
    assertEquals(3f * N, y.floatArray()[N - 1]);
    assertThrows(BackendException.class, () -> middle[0].floatArray());
  }

  @Test
  @DisplayName("training in scopes gives the same bits, and needs no more memory with each step")
  void training() {
    long[] live = new long[6];
    float[] expected = trained(false, new long[6]);
    assertArrayEquals(expected, trained(true, live));
    assertEquals(live[1], live[5]);
  }

  private float[] trained(boolean scoped, long[] live) {
    Tensor.manualSeed(3);
    Linear model = new Linear(12, 4);
    Tensor input = Tensor.randn(8, 12);
    Tensor labels = Tensor.arange(8).remainder(4);
    Adam adam = new Adam(model.parameters(), 0.1);
    CrossEntropyLoss lossOf = new CrossEntropyLoss();
    Fusion.compute(input, labels);
    Runnable step =
        () -> {
          Tensor loss = lossOf.call(model.call(input), labels);
          adam.zeroGrad();
          loss.backward();
          adam.step();
        };
    for (int i = 0; i < live.length; i++) {
      if (scoped) {
        TensorScope.run(step);
      } else {
        step.run();
      }
      device.synchronize();
      live[i] = device.memoryStatistics().liveBytes();
    }
    return model.parameters().getFirst().detach().floatArray();
  }
}
