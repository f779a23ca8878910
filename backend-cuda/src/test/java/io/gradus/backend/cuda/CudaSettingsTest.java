package io.gradus.backend.cuda;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class CudaSettingsTest {
  private static CudaSettings of(String name, String value) {
    return CudaSettings.of(Map.of(name, value)::get);
  }

  @Test
  @DisplayName("by default kernels run late, memory is kept, and float32 products are exact")
  void defaults() {
    assertEquals(
        new CudaSettings(false, true, Long.MAX_VALUE, false, false), CudaSettings.of(name -> null));
  }

  @Test
  @DisplayName("a limit takes the units of -Xmx")
  void limits() {
    assertEquals(1000, of(CudaSettings.LIMIT, "1000").limit());
    assertEquals(512L << 20, of(CudaSettings.LIMIT, "512m").limit());
    assertEquals(8L << 30, of(CudaSettings.LIMIT, "8G").limit());
  }

  @Test
  @DisplayName("what is not understood is refused with both")
  void refused() {
    String limit =
        assertThrows(IllegalArgumentException.class, () -> of(CudaSettings.LIMIT, "lots"))
            .getMessage();
    assertEquals(
        "-Dgradus.cuda.memory.limit is a number of bytes such as 8g or 500m: got 'lots'", limit);
    String sync =
        assertThrows(IllegalArgumentException.class, () -> of(CudaSettings.SYNC, "yes"))
            .getMessage();
    assertEquals("-Dgradus.cuda.sync is true or false: got 'yes'", sync);
    assertTrue(of(CudaSettings.SYNC, "").sync(), "-Dgradus.cuda.sync alone means true");
  }
}
