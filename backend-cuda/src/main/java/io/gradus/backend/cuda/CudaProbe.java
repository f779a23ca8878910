package io.gradus.backend.cuda;

import io.gradus.tensor.backend.BackendProvider.Probe;
import java.util.function.Supplier;

/**
 * Turns what is found on the machine into a reason and a remedy.
 *
 * <p>Error codes are those of {@code CUresult} in the CUDA driver API's documentation.
 */
final class CudaProbe {
  /** CUDA 12.0, the oldest whose driver takes the PTX that the backend writes. */
  static final int OLDEST_VERSION = 12000;

  /** Volta: what the backend writes is for these and newer ones. */
  static final int OLDEST_CAPABILITY = 70;

  private static final int SUCCESS = 0;
  private static final int STUB_LIBRARY = 34;
  private static final int DEVICE_UNAVAILABLE = 46;
  private static final int NO_DEVICE = 100;
  private static final int OPERATING_SYSTEM = 304;
  private static final int NOT_PERMITTED = 800;
  private static final int SYSTEM_NOT_READY = 802;
  private static final int SYSTEM_DRIVER_MISMATCH = 803;
  private static final int COMPATIBILITY_NOT_SUPPORTED = 804;
  private static final int UNKNOWN = 999;

  private CudaProbe() {}

  /** Asks in order of what must be there first; never throws. */
  static Probe ask(Supplier<DriverLookup> lookup, Supplier<JCudaCheck> jcuda) {
    try {
      return switch (lookup.get()) {
        case DriverLookup.NoLibrary n ->
            no(n.library() + " not found (no NVIDIA driver)", "install the NVIDIA driver");
        case DriverLookup.Unusable u ->
            no(
                u.library() + " is not a usable NVIDIA driver (" + u.problem() + ")",
                "reinstall the NVIDIA driver");
        case DriverLookup.AccessDenied a ->
            no(
                "this JVM may not call native code, so the NVIDIA driver cannot be asked",
                "start Java with --enable-native-access=" + a.module());
        case DriverLookup.Found f -> askDriver(f.driver(), jcuda);
      };
    } catch (IllegalCallerException e) {
      return no(
          "this JVM may not call native code (" + e.getMessage() + ")",
          "start Java with --enable-native-access=ALL-UNNAMED");
    } catch (LinkageError | RuntimeException e) {
      return no("asking the NVIDIA driver failed (" + e + ")", "reinstall the NVIDIA driver");
    }
  }

  private static Probe askDriver(CudaDriver driver, Supplier<JCudaCheck> jcuda) {
    int code = driver.init();
    if (code != SUCCESS) {
      return initFailed(code);
    }
    CudaDriver.Answer version = driver.version();
    if (version.code() != SUCCESS) {
      return failed("cuDriverGetVersion", version.code());
    }
    if (version.value() < OLDEST_VERSION) {
      return no(
          "the NVIDIA driver is too old: it serves CUDA %s, and %s is needed"
              .formatted(dotted(version.value()), dotted(OLDEST_VERSION)),
          "install NVIDIA driver 525 or newer");
    }
    CudaDriver.Answer count = driver.deviceCount();
    if (count.code() != SUCCESS) {
      return failed("cuDeviceGetCount", count.code());
    }
    if (count.value() == 0) {
      return initFailed(NO_DEVICE);
    }
    int newest = 0;
    for (int i = 0; i < count.value(); i++) {
      CudaDriver.Answer capability = driver.computeCapability(i);
      if (capability.code() != SUCCESS) {
        return failed("cuDeviceGetAttribute", capability.code());
      }
      newest = Math.max(newest, capability.value());
    }
    if (newest < OLDEST_CAPABILITY) {
      return no(
          "the GPU is too old: it has compute capability %d.%d, and %d.%d is needed"
              .formatted(newest / 10, newest % 10, OLDEST_CAPABILITY / 10, OLDEST_CAPABILITY % 10),
          "use an NVIDIA GPU of the Volta generation or newer");
    }
    return checkJCuda(jcuda.get(), version.value(), count.value());
  }

  private static Probe checkJCuda(JCudaCheck check, int version, int count) {
    return switch (check) {
      case JCudaCheck.NoClasses n ->
          no(
              "JCuda is not on the class path",
              "add org.jcuda:jcuda and org.jcuda:jcuda-natives, both 12.6.0");
      case JCudaCheck.NoNatives n ->
          no(
              "JCuda's native library for %s is not on the class path".formatted(n.platform()),
              "add org.jcuda:jcuda-natives:12.6.0 with classifier " + n.platform());
      case JCudaCheck.Unloadable u ->
          no(
              "JCuda's native library does not load (%s)".formatted(u.problem()),
              "make the temporary folder (-Djava.io.tmpdir) one that allows writing and executing");
      case JCudaCheck.Loaded l ->
          new Probe.Available("CUDA %s, GPUs: %d".formatted(dotted(version), count));
    };
  }

  private static Probe initFailed(int code) {
    return switch (code) {
      case NO_DEVICE ->
          no(
              "the NVIDIA driver finds no GPU that this process may use",
              "check nvidia-smi and CUDA_VISIBLE_DEVICES; start a container with --gpus all");
      case OPERATING_SYSTEM, NOT_PERMITTED, UNKNOWN ->
          no(
              "the NVIDIA driver may not reach the GPU (cuInit: error " + code + ")",
              "check the permissions of /dev/nvidia*; start a container with --gpus all");
      case STUB_LIBRARY ->
          no(
              "the libcuda found is the CUDA toolkit's stub, not a driver (cuInit: error 34)",
              "install the NVIDIA driver, and take the toolkit's stubs off the library path");
      case DEVICE_UNAVAILABLE ->
          no(
              "the GPU is busy: another process has it for itself (cuInit: error 46)",
              "end that process, or set the compute mode to default with nvidia-smi -c 0");
      case SYSTEM_NOT_READY ->
          no(
              "the NVIDIA driver is not ready (cuInit: error 802)",
              "start nvidia-fabricmanager, or wait until it is up");
      case SYSTEM_DRIVER_MISMATCH, COMPATIBILITY_NOT_SUPPORTED ->
          no(
              "the NVIDIA driver's library and kernel module differ (cuInit: error " + code + ")",
              "restart the machine after a driver update, or reinstall the NVIDIA driver");
      default -> failed("cuInit", code);
    };
  }

  private static Probe failed(String function, int code) {
    return no(
        "the NVIDIA driver does not start (" + function + ": error " + code + ")",
        "check that nvidia-smi works; the code is explained under CUresult in CUDA's"
            + " documentation");
  }

  private static String dotted(int version) {
    return version / 1000 + "." + version % 1000 / 10;
  }

  private static Probe no(String reason, String remedy) {
    return new Probe.Unavailable(reason, remedy);
  }
}
