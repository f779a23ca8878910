package io.gradus.backend.cuda;

import io.gradus.tensor.backend.Backend;
import io.gradus.tensor.backend.BackendProvider;
import io.gradus.tensor.error.BackendException;
import org.jspecify.annotations.Nullable;

/**
 * Says whether NVIDIA GPUs can be used on this machine.
 *
 * <p>This version only looks: it finds out what is there and what is missing, but has no device yet
 * and so is never available. Nothing is loaded before the first {@link #probe}, whose answer is
 * kept.
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
      answer = CudaProbe.ask(DriverLookup::find, JCudaJars::present);
    }
    return answer;
  }

  /**
   * Not possible in this version.
   *
   * @throws BackendException always, with the reason that {@link #probe} gives
   */
  @Override
  public Backend open() {
    throw new BackendException(
        switch (probe()) {
          case Probe.Available a -> "No device 'cuda': " + a.detail() + ".";
          case Probe.Unavailable u -> "No device 'cuda': " + u.reason() + "; " + u.remedy() + ".";
        });
  }
}
