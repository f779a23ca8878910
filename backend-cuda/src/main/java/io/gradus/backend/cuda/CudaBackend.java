package io.gradus.backend.cuda;

import io.gradus.backend.cuda.driver.DriverFailure;
import io.gradus.backend.cuda.driver.Gpu;
import io.gradus.backend.cuda.ptx.Planner;
import io.gradus.tensor.backend.Backend;
import io.gradus.tensor.backend.Device;
import io.gradus.tensor.error.BackendException;
import java.util.List;

/** The GPUs that this process may use. */
final class CudaBackend implements Backend {
  private final List<Device> devices;

  private CudaBackend(List<Device> devices) {
    this.devices = devices;
  }

  /** Opens every GPU; the driver has been found and JCuda is loaded. */
  static CudaBackend open(CudaSettings settings) {
    Planner planner = new Planner(settings.tf32());
    try {
      return new CudaBackend(
          Gpu.all().stream().<Device>map(gpu -> new CudaDevice(gpu, settings, planner)).toList());
    } catch (DriverFailure e) {
      throw new BackendException(
          "[open] the CUDA devices could not be opened: " + e.getMessage() + "; check nvidia-smi",
          e);
    }
  }

  @Override
  public List<Device> devices() {
    return devices;
  }
}
