package io.gradus.tck.reference;

import io.gradus.tensor.backend.Backend;
import io.gradus.tensor.backend.BackendProvider;
import java.util.List;

/**
 * Makes {@link ReferenceDevice} available as the CPU, behind every real one: {@code
 * -Dgradus.backend.cpu=reference} selects it.
 */
public final class ReferenceBackendProvider implements BackendProvider {
  /** For the service loader. */
  public ReferenceBackendProvider() {}

  @Override
  public String name() {
    return "reference";
  }

  @Override
  public String deviceType() {
    return "cpu";
  }

  @Override
  public int priority() {
    return -100;
  }

  @Override
  public Probe probe() {
    return new Probe.Available("naive loops, for tests");
  }

  @Override
  public Backend open() {
    ReferenceDevice device = new ReferenceDevice();
    return () -> List.of(device);
  }
}
