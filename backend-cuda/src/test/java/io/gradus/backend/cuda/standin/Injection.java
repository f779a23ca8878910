package io.gradus.backend.cuda.standin;

/** Faults that a test asks for. */
final class Injection {
  /** How many allocations still succeed before one fails; negative for all. */
  long allocationsLeft = -1;

  /** How many launches still succeed before one fails; negative for all. */
  long launchesLeft = -1;

  /** What a failing launch leaves behind. */
  int launchError = CudaResult.ERROR_LAUNCH_FAILED.code;

  /**
   * How many calls that need a context still succeed before the device is lost; negative for all.
   */
  long callsLeft = -1;

  /** Whether this call finds its device lost. */
  boolean losesDevice() {
    return callsLeft >= 0 && callsLeft-- == 0;
  }

  /** Whether this allocation fails. */
  boolean failsAllocation() {
    return allocationsLeft >= 0 && allocationsLeft-- == 0;
  }

  /** Whether this launch fails. */
  boolean failsLaunch() {
    return launchesLeft >= 0 && launchesLeft-- == 0;
  }
}
