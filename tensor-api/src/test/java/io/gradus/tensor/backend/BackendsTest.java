package io.gradus.tensor.backend;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gradus.tensor.dtype.DType;
import io.gradus.tensor.error.BackendException;
import io.gradus.tensor.error.DeviceException;
import io.gradus.tensor.kernel.Kernel;
import java.lang.foreign.MemorySegment;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

final class BackendsTest {
  private record Named(String type, String description) implements Device {
    @Override
    public int index() {
      return 0;
    }

    @Override
    public int slot() {
      return 0;
    }

    @Override
    public Storage allocate(DType dtype, long elements) {
      throw new DeviceException("no memory");
    }

    @Override
    public void upload(MemorySegment from, Storage to, long offset) {}

    @Override
    public void download(Storage from, long offset, MemorySegment to) {}

    @Override
    public boolean supports(Kernel kernel) {
      return false;
    }

    @Override
    public void run(Kernel kernel) {}

    @Override
    public void synchronize() {}
  }

  private record Provider(String name, String deviceType, int priority, Probe probe)
      implements BackendProvider {
    @Override
    public Backend open() {
      List<Device> devices = List.of(new Named(deviceType, name));
      return () -> devices;
    }
  }

  private static final BackendProvider.Probe HERE = new BackendProvider.Probe.Available("here");
  private static final BackendProvider.Probe MISSING =
      new BackendProvider.Probe.Unavailable("libcuda.so.1 not found", "install the driver");

  private static Backends of(Map<String, String> properties, BackendProvider... providers) {
    return new Backends(List.of(providers), properties::get);
  }

  @Test
  @DisplayName("S11.1 the available provider with the highest priority serves a kind of device")
  void priority() {
    Backends all =
        of(
            Map.of(),
            new Provider("slow", "cpu", -100, HERE),
            new Provider("fast", "cpu", 0, HERE),
            new Provider("ill", "cpu", 100, MISSING));
    assertEquals("fast", all.find("cpu", 0).description());
    assertSame(all.find("cpu", 0), all.find("cpu", 0));
    assertThrows(DeviceException.class, () -> all.find("cpu", 1));
  }

  @Test
  @DisplayName("S11.1 a system property names another provider")
  void property() {
    Provider fast = new Provider("fast", "cpu", 0, HERE);
    Provider slow = new Provider("slow", "cpu", -100, HERE);
    assertEquals(
        "slow", of(Map.of("gradus.backend.cpu", "slow"), fast, slow).find("cpu", 0).description());
    BackendException error =
        assertThrows(
            BackendException.class,
            () -> of(Map.of("gradus.backend.cpu", "none"), fast, slow).find("cpu", 0));
    assertTrue(String.valueOf(error.getMessage()).contains("fast"), error.getMessage());
  }

  @Test
  @DisplayName("S11.3 a backend that cannot start disturbs no other and says what to install")
  void unavailable() {
    Backends both =
        of(
            Map.of(),
            new Provider("cuda", "cuda", 50, MISSING),
            new Provider("cpu", "cpu", 0, HERE));
    assertEquals("cpu", both.findBest().description());
    BackendException error = assertThrows(BackendException.class, () -> both.find("cuda", 0));
    assertEquals(
        "No device 'cuda': libcuda.so.1 not found; install the driver, or use Device.cpu().",
        error.getMessage());
    assertEquals(
        List.of(
            "cuda: not available: libcuda.so.1 not found; install the driver",
            "cpu: available (here)"),
        both.diagnoseAll().stream().map(Backends.Diagnosis::toString).toList());
  }

  @Test
  @DisplayName("S11.3 a backend whose probe fails is reported and disturbs no other")
  void brokenProbe() {
    BackendProvider broken =
        new BackendProvider() {
          @Override
          public String name() {
            return "broken";
          }

          @Override
          public String deviceType() {
            return "cpu";
          }

          @Override
          public int priority() {
            return 50;
          }

          @Override
          public Probe probe() {
            throw new NoClassDefFoundError("some/native/Binding");
          }

          @Override
          public Backend open() {
            throw new AssertionError("never opened");
          }
        };
    Backends all = of(Map.of(), broken, new Provider("fast", "cpu", 0, HERE));
    assertEquals("fast", all.find("cpu", 0).description());
    assertEquals("fast", all.findBest().description());
    String text = all.diagnoseAll().get(0).toString();
    assertTrue(text.startsWith("broken: not available") && text.contains("Binding"), text);
  }

  @Test
  @DisplayName("S11.1 a missing backend's error names the artifact to add")
  void missing() {
    for (String type : List.of("cpu", "cuda")) {
      BackendException error =
          assertThrows(BackendException.class, () -> of(Map.of()).find(type, 0));
      assertTrue(
          String.valueOf(error.getMessage()).contains("io.gradus:backend-" + type),
          error.getMessage());
    }
    assertThrows(DeviceException.class, () -> of(Map.of()).find("tpu", 0));
  }

  @Test
  @DisplayName("S11.1 tensors are made on the CPU, or where the system property says")
  void usualDevice() {
    Provider cpu = new Provider("cpu", "cpu", 0, HERE);
    Provider cuda = new Provider("cuda", "cuda", 50, HERE);
    assertEquals("cpu", of(Map.of(), cpu, cuda).findDefault().description());
    Backends both = of(Map.of("gradus.device", "cuda:0"), cpu, cuda);
    assertEquals("cuda", both.findDefault().description());
    assertSame(both.findDefault(), both.findDefault());
  }

  @Test
  @DisplayName("S11.3 a default device that is not there is refused with what every backend says")
  void missingUsualDevice() {
    Provider cpu = new Provider("fast", "cpu", 0, HERE);
    Provider cuda = new Provider("cuda", "cuda", 50, MISSING);
    Backends both = of(Map.of("gradus.device", "cuda"), cpu, cuda);
    String text =
        String.valueOf(assertThrows(BackendException.class, both::findDefault).getMessage());
    for (String part :
        List.of(
            "-Dgradus.device=cuda",
            "No device 'cuda'",
            "fast: available (here)",
            "cuda: not available: libcuda.so.1 not found; install the driver")) {
      assertTrue(text.contains(part), text);
    }
    assertThrows(BackendException.class, both::findDefault, "not only the first time");
    Backends typo = of(Map.of("gradus.device", "cuda:one"), cpu, cuda);
    assertTrue(
        String.valueOf(assertThrows(BackendException.class, typo::findDefault).getMessage())
            .contains("Invalid device string: 'cuda:one'"));
  }
}
