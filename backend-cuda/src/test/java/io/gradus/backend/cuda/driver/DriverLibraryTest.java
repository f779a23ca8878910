package io.gradus.backend.cuda.driver;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class DriverLibraryTest {
  @Test
  @DisplayName("what the user names is tried alone")
  void given() {
    assertEquals(List.of("/opt/libcuda.so"), DriverLibrary.candidates("/opt/libcuda.so", "Linux"));
  }

  @Test
  @DisplayName("otherwise the loader's search comes first, then the folders of containers and WSL")
  void folders() {
    List<String> all = DriverLibrary.candidates(null, "Linux");
    assertEquals("libcuda.so.1", all.getFirst());
    assertTrue(all.contains("/usr/lib/wsl/lib/libcuda.so.1"), all::toString);
    assertEquals(List.of("nvcuda.dll"), DriverLibrary.candidates(null, "Windows 11"));
  }
}
