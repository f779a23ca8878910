package io.gradus.backend.cpu.convolve;

import io.gradus.tensor.dtype.DType;
import io.gradus.tensor.kernel.Kernel;
import java.util.Arrays;

/** Runs {@link Kernel.Convolve} of f32 and f64 with up to three spatial axes. */
public final class ConvolveKernels {
  private ConvolveKernels() {}

  /** Whether {@link #run} takes the kernel. */
  public static boolean supports(Kernel.Convolve k) {
    DType dtype = k.out().dtype();
    return (dtype == DType.F32 || dtype == DType.F64)
        && k.in().dtype() == dtype
        && k.weight().dtype() == dtype
        && k.out().layout().rank() <= Geometry.AXES + 2;
  }

  /** Runs the kernel to its end. */
  public static void run(Kernel.Convolve k) {
    if (k.out().layout().numel() == 0) {
      return;
    }
    if (!areOnes(k.inputDilation()) && areOnes(k.stride())) {
      Phases.of(k).forEach(ConvolveKernels::runOne);
    } else {
      runOne(k);
    }
  }

  private static boolean areOnes(int[] values) {
    return Arrays.stream(values).allMatch(v -> v == 1);
  }

  private static void runOne(Kernel.Convolve k) {
    Geometry geometry = Geometry.of(k);
    if (k.out().dtype() == DType.F32) {
      new FloatConvolution(k, geometry).run();
    } else {
      new DoubleConvolution(k, geometry).run();
    }
  }
}
