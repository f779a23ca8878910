package io.gradus.backend.cpu;

import io.gradus.backend.cpu.elementwise.ElementwiseKernels;
import io.gradus.tensor.error.BackendException;
import io.gradus.tensor.kernel.Kernel;

/** Sends each kernel to its room. */
final class CpuKernels {
  private CpuKernels() {}

  static boolean supports(Kernel kernel) {
    return switch (kernel) {
      case Kernel.Elementwise k -> true;
      case Kernel.Reduce k -> false;
      case Kernel.Rows k -> false;
      case Kernel.Scan k -> false;
      case Kernel.Sort k -> false;
      case Kernel.Contract k -> false;
      case Kernel.Gather k -> false;
      case Kernel.Scatter k -> false;
      case Kernel.Convolve k -> false;
      case Kernel.Factor k -> false;
      case Kernel.Fft k -> false;
    };
  }

  /** Runs a kernel to its end. */
  static void run(Kernel kernel) {
    switch (kernel) {
      case Kernel.Elementwise k -> ElementwiseKernels.run(k);
      case Kernel.Reduce k -> throw unsupported(k);
      case Kernel.Rows k -> throw unsupported(k);
      case Kernel.Scan k -> throw unsupported(k);
      case Kernel.Sort k -> throw unsupported(k);
      case Kernel.Contract k -> throw unsupported(k);
      case Kernel.Gather k -> throw unsupported(k);
      case Kernel.Scatter k -> throw unsupported(k);
      case Kernel.Convolve k -> throw unsupported(k);
      case Kernel.Factor k -> throw unsupported(k);
      case Kernel.Fft k -> throw unsupported(k);
    }
  }

  private static BackendException unsupported(Kernel kernel) {
    return new BackendException(
        "[cpu] %s is not supported; ask supports() first, or let Lowering replace it"
            .formatted(kernel.getClass().getSimpleName()));
  }
}
