package io.gradus.backend.cpu;

import io.gradus.tensor.backend.Backend;
import io.gradus.tensor.backend.Device;
import java.util.List;

/** The CPU as a backend of one device. */
final class CpuBackend implements Backend {
  private final List<Device> devices = List.of(new CpuDevice());

  @Override
  public List<Device> devices() {
    return devices;
  }
}
