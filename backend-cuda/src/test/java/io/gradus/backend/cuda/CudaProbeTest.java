package io.gradus.backend.cuda;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gradus.tensor.backend.BackendProvider.Probe;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CudaProbeTest {
  /** A driver that gives fixed answers. */
  private record Fixed(int init, Answer version, Answer deviceCount, Answer... capabilities)
      implements CudaDriver {
    @Override
    public Answer computeCapability(int index) {
      return index < capabilities.length ? capabilities[index] : new Answer(0, 80);
    }
  }

  private static Fixed driver(int init, int version, int devices) {
    return new Fixed(init, new CudaDriver.Answer(0, version), new CudaDriver.Answer(0, devices));
  }

  private static Probe.Unavailable ask(DriverLookup found, JCudaCheck jcuda) {
    return (Probe.Unavailable) CudaProbe.ask(() -> found, () -> jcuda);
  }

  private static Probe.Unavailable ask(CudaDriver driver) {
    return ask(new DriverLookup.Found(driver), new JCudaCheck.Loaded());
  }

  private static void assertAnswer(Probe.Unavailable answer, String reason, String remedy) {
    assertTrue(answer.reason().contains(reason), answer::reason);
    assertTrue(answer.remedy().contains(remedy), answer::remedy);
  }

  @Test
  @DisplayName("without the driver's library the answer names it and says to install the driver")
  void noLibrary() {
    assertAnswer(
        ask(new DriverLookup.NoLibrary("libcuda.so.1"), new JCudaCheck.Loaded()),
        "libcuda.so.1 not found (no NVIDIA driver)",
        "install the NVIDIA driver");
  }

  @Test
  @DisplayName("a library without the driver's functions is called unusable")
  void unusable() {
    assertAnswer(
        ask(
            new DriverLookup.Unusable("libcuda.so.1", "Symbol not found: cuInit"),
            new JCudaCheck.Loaded()),
        "not a usable NVIDIA driver (Symbol not found: cuInit)",
        "reinstall");
  }

  @Test
  @DisplayName("without native access the answer names the flag")
  void accessDenied() {
    assertAnswer(
        ask(new DriverLookup.AccessDenied("ALL-UNNAMED"), new JCudaCheck.Loaded()),
        "may not call native code",
        "--enable-native-access=ALL-UNNAMED");
  }

  @ParameterizedTest(name = "cuInit: {0}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          100 | finds no GPU                        | CUDA_VISIBLE_DEVICES
          304 | may not reach the GPU               | /dev/nvidia*
          800 | may not reach the GPU               | /dev/nvidia*
          999 | may not reach the GPU               | --gpus all
          34  | stub                                | library path
          46  | busy                                | compute mode
          802 | not ready                           | fabricmanager
          803 | library and kernel module differ    | restart
          804 | library and kernel module differ    | restart
          201 | does not start (cuInit: error 201)  | nvidia-smi
          """)
  @DisplayName("each error of cuInit has its reason and remedy")
  void initErrors(int code, String reason, String remedy) {
    assertAnswer(ask(driver(code, 12040, 1)), reason, remedy);
  }

  @Test
  @DisplayName("a driver older than CUDA 12.0 is too old, and both versions are named")
  void tooOld() {
    assertAnswer(ask(driver(0, 11080, 1)), "it serves CUDA 11.8, and 12.0 is needed", "driver 525");
    assertInstanceOf(
        Probe.Available.class,
        CudaProbe.ask(() -> new DriverLookup.Found(driver(0, 12000, 1)), JCudaCheck.Loaded::new));
  }

  @Test
  @DisplayName("a driver without devices is reported like one that finds none")
  void noDevices() {
    assertAnswer(ask(driver(0, 12040, 0)), "finds no GPU", "--gpus all");
  }

  @Test
  @DisplayName("GPUs that are all too old are said to be, with their compute capability")
  void tooOldGpus() {
    CudaDriver.Answer version = new CudaDriver.Answer(0, 12040);
    CudaDriver.Answer two = new CudaDriver.Answer(0, 2);
    CudaDriver.Answer maxwell = new CudaDriver.Answer(0, 52);
    CudaDriver.Answer pascal = new CudaDriver.Answer(0, 61);
    CudaDriver.Answer volta = new CudaDriver.Answer(0, 70);
    assertAnswer(
        ask(new Fixed(0, version, two, maxwell, pascal)),
        "too old: it has compute capability 6.1, and 7.0 is needed",
        "Volta");
    assertInstanceOf(
        Probe.Available.class,
        CudaProbe.ask(
            () -> new DriverLookup.Found(new Fixed(0, version, two, maxwell, volta)),
            JCudaCheck.Loaded::new));
    assertAnswer(
        ask(new Fixed(0, version, two, new CudaDriver.Answer(101, 0))),
        "cuDeviceGetAttribute: error 101",
        "nvidia-smi");
  }

  @Test
  @DisplayName("queries that fail name the function and the code")
  void failedQueries() {
    CudaDriver.Answer good = new CudaDriver.Answer(0, 12040);
    CudaDriver.Answer bad = new CudaDriver.Answer(3, 0);
    assertAnswer(ask(new Fixed(0, bad, good)), "cuDriverGetVersion: error 3", "nvidia-smi");
    assertAnswer(ask(new Fixed(0, good, bad)), "cuDeviceGetCount: error 3", "nvidia-smi");
  }

  @Test
  @DisplayName("with driver and GPU but no JCuda the answer names the artifacts")
  void noJCuda() {
    DriverLookup found = new DriverLookup.Found(driver(0, 12040, 2));
    assertAnswer(
        ask(found, new JCudaCheck.NoClasses()),
        "JCuda is not on the class path",
        "org.jcuda:jcuda and org.jcuda:jcuda-natives");
    assertAnswer(
        ask(found, new JCudaCheck.NoNatives("linux-aarch64")),
        "JCuda's native library for linux-aarch64",
        "jcuda-natives:12.6.0 with classifier linux-aarch64");
    assertAnswer(
        ask(found, new JCudaCheck.Unloadable("failed to map segment")),
        "does not load (failed to map segment)",
        "-Djava.io.tmpdir");
  }

  @Test
  @DisplayName("the natives of a machine are named after its system and architecture")
  void platforms() {
    assertEquals("linux-x86_64", JCudaCheck.platform("Linux", "amd64"));
    assertEquals("windows-x86_64", JCudaCheck.platform("Windows 11", "amd64"));
    assertEquals("linux-aarch64", JCudaCheck.platform("Linux", "aarch64"));
    assertEquals("lib/JCudaDriver-12.6.0-windows-x86_64.dll", JCudaCheck.natives("windows-x86_64"));
  }

  @Test
  @DisplayName("with everything there it says what was found")
  void everythingThere() {
    Probe.Available answer =
        (Probe.Available)
            CudaProbe.ask(
                () -> new DriverLookup.Found(driver(0, 12040, 2)), JCudaCheck.Loaded::new);
    assertEquals("CUDA 12.4, GPUs: 2", answer.detail());
  }

  @Test
  @DisplayName("whatever is thrown while asking becomes an answer")
  void neverThrows() {
    Probe linkage =
        CudaProbe.ask(
            () -> {
              throw new UnsatisfiedLinkError("no such symbol");
            },
            JCudaCheck.Loaded::new);
    assertAnswer((Probe.Unavailable) linkage, "no such symbol", "reinstall");
    Probe denied =
        CudaProbe.ask(
            () -> {
              throw new IllegalCallerException("denied");
            },
            JCudaCheck.Loaded::new);
    assertAnswer((Probe.Unavailable) denied, "denied", "--enable-native-access");
  }
}
