package io.gradus.backend.cpu.pool;

import io.gradus.backend.cpu.Workers;
import io.gradus.tensor.dtype.DType;
import io.gradus.tensor.kernel.Kernel;
import io.gradus.tensor.layout.Layout;

/** Runs {@link Kernel.MaxPool} of f32 and f64 with up to three spatial axes. */
public final class PoolKernels {
  /** Elements of windows that are worth another thread. */
  private static final long GRAIN = 1 << 15;

  private PoolKernels() {}

  /** Whether {@link #run} takes the kernel. */
  public static boolean supports(Kernel.MaxPool k) {
    DType dtype = k.in().dtype();
    return (dtype == DType.F32 || dtype == DType.F64)
        && k.values().dtype() == dtype
        && k.window().length <= PoolGeometry.AXES;
  }

  /** Runs the kernel to its end. */
  public static void run(Kernel.MaxPool k) {
    Layout out = k.values().layout();
    if (out.numel() == 0) {
      return;
    }
    long work = out.numel() / (out.size(0) * out.size(1));
    for (int w : k.window()) {
      work *= w;
    }
    MaxPlane plane = k.in().dtype() == DType.F32 ? new FloatMaxPlane(k) : new DoubleMaxPlane(k);
    long channels = out.size(1);
    Workers.run(
        out.size(0) * channels,
        Math.max(1, GRAIN / Math.max(1, work)),
        (from, to) -> {
          for (long i = from; i < to; i++) {
            plane.run((int) (i / channels), (int) (i % channels), (int) (to - 1 - i));
          }
        });
  }
}
