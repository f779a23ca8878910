package io.gradus.backend.cuda;

/** The few questions that the probe asks NVIDIA's driver; tests answer them in its place. */
interface CudaDriver {
  /** {@code cuInit(0)}: the driver's error code, 0 for success. */
  int init();

  /** {@code cuDriverGetVersion}: the newest CUDA that the driver serves, as 12040 for 12.4. */
  Answer version();

  /** {@code cuDeviceGetCount}: how many GPUs this process may use. */
  Answer deviceCount();

  /**
   * {@code cuDeviceGetAttribute}: a GPU's compute capability times ten, as 80 for 8.0.
   *
   * @param index below {@link #deviceCount}
   */
  Answer computeCapability(int index);

  /** A driver function's error code, 0 for success, and what it then found. */
  record Answer(int code, int value) {}
}
