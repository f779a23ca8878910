package io.gradus.backend.cuda;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gradus.backend.cuda.driver.DriverLibrary;
import io.gradus.tensor.backend.BackendProvider;
import io.gradus.tensor.backend.BackendProvider.Probe;
import io.gradus.tensor.error.BackendException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.ServiceLoader;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class CudaBackendProviderTest {
  /** What the forked JVM runs: prints the answer. */
  static final class PrintProbe {
    public static void main(String[] args) {
      System.out.println(new CudaBackendProvider().probe());
    }
  }

  private static final String NOWHERE = "/nowhere/libcuda.so.1";

  private String before;

  @BeforeEach
  void hideTheDriver() {
    before = System.getProperty(DriverLibrary.PROPERTY);
    System.setProperty(DriverLibrary.PROPERTY, NOWHERE);
  }

  @AfterEach
  void showTheDriver() {
    if (before == null) {
      System.clearProperty(DriverLibrary.PROPERTY);
    } else {
      System.setProperty(DriverLibrary.PROPERTY, before);
    }
  }

  private static String probeInNewJvm(String... flags) throws IOException, InterruptedException {
    List<String> command = new java.util.ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of(flags));
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    command.add(PrintProbe.class.getName());
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String output =
        new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
    assertEquals(0, process.waitFor(), output);
    return output;
  }

  @Test
  @DisplayName("the provider is found as a service")
  void isAService() {
    assertTrue(
        ServiceLoader.load(BackendProvider.class).stream()
            .anyMatch(p -> p.type() == CudaBackendProvider.class));
  }

  @Test
  @DisplayName("without a driver it is unavailable, and says which file is not there")
  void noDriver() {
    Probe.Unavailable answer =
        assertInstanceOf(Probe.Unavailable.class, new CudaBackendProvider().probe());
    assertEquals(NOWHERE + " not found (no NVIDIA driver)", answer.reason());
    assertFalse(answer.remedy().isBlank());
  }

  @Test
  @DisplayName("the answer is kept")
  void answerIsKept() {
    CudaBackendProvider provider = new CudaBackendProvider();
    assertSame(provider.probe(), provider.probe());
  }

  @Test
  @DisplayName("opening it fails with the probe's reason")
  void openFails() {
    CudaBackendProvider provider = new CudaBackendProvider();
    Probe.Unavailable answer = (Probe.Unavailable) provider.probe();
    String message = assertThrows(BackendException.class, provider::open).getMessage();
    assertTrue(message.startsWith("No device 'cuda': " + answer.reason()), message);
  }

  @Test
  @DisplayName("a JVM that denies native access gets an answer that names the flag, and no warning")
  void deniedNativeAccess() throws IOException, InterruptedException {
    String denied = probeInNewJvm("--illegal-native-access=deny");
    assertTrue(denied.startsWith("Unavailable["), denied);
    assertTrue(denied.contains("--enable-native-access=ALL-UNNAMED"), denied);
    assertEquals(denied, probeInNewJvm(), "the same, silently, where access is merely not granted");
  }
}
