package io.gradus.backend.cpu;

import io.gradus.backend.cpu.contract.ContractKernels;
import io.gradus.backend.cpu.convolve.ConvolveKernels;
import io.gradus.backend.cpu.elementwise.ElementwiseKernels;
import io.gradus.backend.cpu.fft.FftKernels;
import io.gradus.backend.cpu.index.IndexKernels;
import io.gradus.backend.cpu.pool.PoolKernels;
import io.gradus.backend.cpu.reduce.ReduceKernels;
import io.gradus.backend.cpu.reduce.RowsKernels;
import io.gradus.backend.cpu.scan.ScanKernels;
import io.gradus.backend.cpu.sort.SortKernels;
import io.gradus.tensor.error.BackendException;
import io.gradus.tensor.kernel.Kernel;

/** Sends each kernel to its room. */
final class CpuKernels {
  private CpuKernels() {}

  static boolean supports(Kernel kernel) {
    return switch (kernel) {
      case Kernel.Elementwise k -> true;
      case Kernel.Reduce k -> true;
      case Kernel.Rows k -> true;
      case Kernel.Scan k -> true;
      case Kernel.Sort k -> true;
      case Kernel.Contract k -> true;
      case Kernel.Gather k -> true;
      case Kernel.Scatter k -> true;
      case Kernel.Convolve k -> ConvolveKernels.supports(k);
      case Kernel.MaxPool k -> PoolKernels.supports(k);
      case Kernel.Factor k -> false;
      case Kernel.Fft k -> FftKernels.supports(k);
    };
  }

  /** Runs a kernel to its end. */
  static void run(Kernel kernel) {
    if (kernel instanceof Kernel.Elementwise k) {
      ElementwiseKernels.run(k); // the most frequent, and the first of every program
      return;
    }
    if (!supports(kernel)) {
      throw unsupported(kernel);
    }
    switch (kernel) {
      case Kernel.Elementwise k -> ElementwiseKernels.run(k);
      case Kernel.Reduce k -> ReduceKernels.run(k);
      case Kernel.Rows k -> RowsKernels.run(k);
      case Kernel.Scan k -> ScanKernels.run(k);
      case Kernel.Sort k -> SortKernels.run(k);
      case Kernel.Contract k -> ContractKernels.run(k);
      case Kernel.Gather k -> IndexKernels.gather(k);
      case Kernel.Scatter k -> IndexKernels.scatter(k);
      case Kernel.Convolve k -> ConvolveKernels.run(k);
      case Kernel.MaxPool k -> PoolKernels.run(k);
      case Kernel.Factor k -> throw unsupported(k);
      case Kernel.Fft k -> FftKernels.run(k);
    }
  }

  private static BackendException unsupported(Kernel kernel) {
    return new BackendException(
        "[cpu] %s is not supported; ask supports() first, or let Lowering replace it"
            .formatted(kernel.getClass().getSimpleName()));
  }
}
