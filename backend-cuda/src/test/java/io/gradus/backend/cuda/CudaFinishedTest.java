package io.gradus.backend.cuda;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gradus.Tensor;
import io.gradus.backend.cuda.standin.StandIn;
import io.gradus.fusion.Fusion;
import io.gradus.tensor.backend.Device;
import io.gradus.tensor.error.BackendException;
import io.gradus.tensor.error.TensorIndexException;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Waiting for a GPU without blocking. */
@Tag("standin")
class CudaFinishedTest {
  private final StandIn standIn = StandIn.forTest(CudaFinishedTest.class);
  private final CudaDevice device = (CudaDevice) Device.cuda(0);

  @AfterEach
  void restore() {
    device.synchronize();
    assertEquals(List.of(), standIn.findings().take());
  }

  @Test
  @DisplayName("it completes when the work of all streams is done, and not with what comes later")
  void allStreams() throws Exception {
    try (CudaStream side = device.newStream()) {
      Tensor x = Tensor.tensor(new float[] {1, 2}).to(device);
      side.waitFor(device.mainStream().record());
      Tensor[] out = new Tensor[1];
      side.run(
          () -> {
            out[0] = x.add(1);
            Fusion.compute(out[0]);
          });
      CudaEvent last = side.record();
      device.finished().get(60, TimeUnit.SECONDS);
      assertTrue(last.isDone());
      assertArrayEquals(new float[] {2, 3}, out[0].to(Device.cpu()).floatArray());
    }
  }

  @Test
  @DisplayName("it tells what kernels met, and the device goes on")
  void faults() {
    Tensor x = Tensor.tensor(new float[] {1, 2, 3}).to(device);
    Tensor index = Tensor.tensor(new long[] {5}).to(device);
    Fusion.compute(x.gather(0, index));
    CompletionException told =
        assertThrows(CompletionException.class, () -> device.finished().join());
    assertInstanceOf(TensorIndexException.class, told.getCause());
    device.finished().join();
    assertEquals(6f, x.sum().item().floatValue());
  }

  @Test
  @DisplayName("a step that is captured cannot wait")
  void captured() {
    String message =
        assertThrows(BackendException.class, () -> device.capture(() -> device.finished().join()))
            .getMessage();
    assertTrue(message.startsWith("[finished]"), message);
  }
}
