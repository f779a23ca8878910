package io.gradus.backend.cuda;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gradus.backend.cuda.driver.DriverFailure;
import io.gradus.tensor.error.BackendException;
import io.gradus.tensor.error.DeviceException;
import io.gradus.tensor.error.TensorException;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class HealthTest {
  private final Health health = new Health("cuda:0");

  private TensorException illegalAddress() {
    return health.explain(new DriverFailure(700, "cuStreamSynchronize"), "item", "");
  }

  @Test
  @DisplayName(
      "a late fault names the only kernel since the last synchronisation, and its operation")
  void oneSuspect() {
    health.launched("mul", "map_1");
    health.synchronised();
    health.launched("add", "map_2");
    assertEquals(
        "[item] cuda:0: cuStreamSynchronize failed with CUDA_ERROR_ILLEGAL_ADDRESS (700) after"
            + " kernel add (map_2); the device cannot be used any more in this process",
        illegalAddress().getMessage());
  }

  @Test
  @DisplayName("of several kernels it names the latest and the property that tells which")
  void manySuspects() {
    for (int i = 0; i < 300; i++) {
      health.launched("op" + i, "");
    }
    String message = illegalAddress().getMessage();
    assertTrue(message.contains("one of 300 kernels, the latest being op299, op298"), message);
    assertFalse(message.contains("op290"), message);
    assertTrue(message.contains("-Dgradus.cuda.sync=true"), message);
  }

  @Test
  @DisplayName("every later call tells the first grave failure again")
  void poisoned() {
    assertDoesNotThrow(() -> health.check("sum"));
    health.launched("add", "map_2");
    illegalAddress();
    health.explain(new DriverFailure(719, "cuMemAlloc"), "zeros", "");
    String message = assertThrows(BackendException.class, () -> health.check("sum")).getMessage();
    assertTrue(message.startsWith("[sum] cuda:0 cannot be used any more"), message);
    assertTrue(message.contains("CUDA_ERROR_ILLEGAL_ADDRESS (700) after kernel add"), message);
    assertTrue(message.endsWith("restart the program"), message);
  }

  @Test
  @DisplayName("a failure that leaves the device whole says what failed and what to do")
  void mild() {
    String message =
        health
            .explain(
                new DriverFailure(222, "cuModuleLoadDataEx", "ptxas fatal: version 9.9"),
                "add",
                "map_2")
            .getMessage();
    assertTrue(message.contains("CUDA_ERROR_UNSUPPORTED_PTX_VERSION (222): ptxas fatal"), message);
    assertTrue(message.contains("for kernel map_2 on cuda:0; install a newer NVIDIA"), message);
    assertDoesNotThrow(() -> health.check("sum"));
  }

  @Test
  @DisplayName("lack of memory outside the allocator is an error of the device")
  void memory() {
    TensorException error = health.explain(new DriverFailure(2, "cuMemHostAlloc"), "upload", "");
    assertInstanceOf(DeviceException.class, error);
    assertTrue(error.getMessage().contains("[upload] cuda:0 out of memory: cuMemHostAlloc"));
  }
}
