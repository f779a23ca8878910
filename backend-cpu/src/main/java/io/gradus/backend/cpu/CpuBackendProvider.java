package io.gradus.backend.cpu;

import io.gradus.backend.cpu.lanes.Lanes;
import io.gradus.tensor.backend.Backend;
import io.gradus.tensor.backend.BackendProvider;

/** Offers the CPU, which every machine has. */
public final class CpuBackendProvider implements BackendProvider {
  /** Costs nothing, as the service loader expects. */
  public CpuBackendProvider() {}

  @Override
  public String name() {
    return "cpu";
  }

  @Override
  public String deviceType() {
    return "cpu";
  }

  @Override
  public int priority() {
    return 0;
  }

  @Override
  public Probe probe() {
    return new Probe.Available(
        Workers.threads() + " threads, " + (Lanes.isVector() ? "vector" : "scalar") + " loops");
  }

  @Override
  public Backend open() {
    return new CpuBackend();
  }
}
