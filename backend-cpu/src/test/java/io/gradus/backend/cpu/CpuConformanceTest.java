package io.gradus.backend.cpu;

import io.gradus.tck.BackendConformance;
import io.gradus.tck.Target;
import io.gradus.tensor.backend.Device;

/** The CPU gives what the reference gives. */
final class CpuConformanceTest extends BackendConformance {
  @Override
  protected Target target() {
    return new Target.Present(Device.cpu());
  }
}
