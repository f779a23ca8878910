package io.gradus.backend.cuda;

import io.gradus.tensor.backend.Backend;
import io.gradus.tensor.backend.BackendProvider;
import io.gradus.tensor.error.BackendException;
import org.jspecify.annotations.Nullable;

/**
 * Offers the NVIDIA GPUs of this machine.
 *
 * <p>Nothing is loaded before the first {@link #probe}, whose answer is kept; users of the CPU pay
 * for the look at the class path only. Names no JCuda type, so that it can be asked anywhere.
 */
public final class CudaBackendProvider implements BackendProvider {
  /** Above the CPU's: where a GPU can be used, it is preferred. */
  private static final int PRIORITY = 100;

  private @Nullable Probe answer;

  /** For {@code ServiceLoader}. */
  public CudaBackendProvider() {}

  @Override
  public String name() {
    return "cuda";
  }

  @Override
  public String deviceType() {
    return "cuda";
  }

  @Override
  public int priority() {
    return PRIORITY;
  }

  @Override
  public synchronized Probe probe() {
    if (answer == null) {
      answer = CudaProbe.ask(DriverLookup::find, JCudaCheck::load);
    }
    return answer;
  }

  /**
   * Opens all GPUs.
   *
   * @throws BackendException if they are not available, with the reason that {@link #probe} gives,
   *     or if the driver refuses
   */
  @Override
  public Backend open() {
    return switch (probe()) {
      case Probe.Available a -> CudaBackend.open(CudaSettings.of(System::getProperty));
      case Probe.Unavailable u ->
          throw new BackendException("No device 'cuda': " + u.reason() + "; " + u.remedy() + ".");
    };
  }
}
