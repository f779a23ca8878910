package io.gradus.tensor.watch;

import io.gradus.tensor.backend.Device;
import io.gradus.tensor.kernel.Kernel;

/**
 * Hears of the work of all devices, in the threads that asked for it. Must not throw, and must not
 * run kernels itself.
 */
public interface WorkListener {
  /**
   * A kernel has run to its end.
   *
   * @param begin of the call, by {@link System#nanoTime}
   * @param end when the device was done
   */
  void ran(Device device, Kernel kernel, long begin, long end);

  /**
   * A pool of large blocks of memory gave one away.
   *
   * @param recycled whether the block had been used before
   */
  void allocated(Device device, long bytes, boolean recycled, long begin, long end);
}
