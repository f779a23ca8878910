package io.gradus.backend.cpu.convolve;

import io.gradus.tensor.dtype.DType;
import io.gradus.tensor.kernel.Kernel;
import java.util.Arrays;
import java.util.List;

/** Runs {@link Kernel.Convolve} of f32 and f64 with up to three spatial axes. */
public final class ConvolveKernels {
  private ConvolveKernels() {}

  /** Whether {@link #run} takes the kernel. */
  public static boolean supports(Kernel.Convolve k) {
    DType dtype = k.out().dtype();
    return (dtype == DType.F32 || dtype == DType.F64)
        && k.in().dtype() == dtype
        && k.weight().dtype() == dtype
        && (k.bias() == null || k.bias().dtype() == dtype)
        && k.out().layout().rank() <= Geometry.AXES + 2;
  }

  /** Runs the kernel to its end. */
  public static void run(Kernel.Convolve k) {
    if (k.out().layout().numel() == 0) {
      return;
    }
    boolean divided = !areOnes(k.inputDilation()) && areOnes(k.stride());
    List<List<Kernel.Convolve>> phases = divided ? Phases.of(k) : List.of(List.of(k));
    if (k.out().dtype() == DType.F32) {
      FloatConvolution.run(phases);
    } else {
      DoubleConvolution.run(phases);
    }
  }

  private static boolean areOnes(int[] values) {
    return Arrays.stream(values).allMatch(v -> v == 1);
  }
}
