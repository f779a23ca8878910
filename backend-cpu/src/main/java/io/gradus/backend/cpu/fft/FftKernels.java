package io.gradus.backend.cpu.fft;

import io.gradus.backend.cpu.CpuStorage;
import io.gradus.backend.cpu.Workers;
import io.gradus.backend.cpu.runs.Lines;
import io.gradus.tensor.dtype.DType;
import io.gradus.tensor.error.BackendException;
import io.gradus.tensor.kernel.Kernel;
import io.gradus.tensor.kernel.Operand;
import io.gradus.tensor.layout.Layout;
import io.gradus.tensor.layout.Shape;

/** Runs {@link Kernel.Fft}, one line along the axis after the other. */
public final class FftKernels {
  private static final int GRAIN = 1 << 13;

  /** The library pads primes to twice their length, as pairs in one array. */
  private static final int LONGEST = 1 << 28;

  private FftKernels() {}

  /** F32 and F64 of lengths that fit into an array. */
  public static boolean supports(Kernel.Fft k) {
    DType dtype = k.in().dtype();
    return (dtype == DType.F32 || dtype == DType.F64)
        && k.out().dtype() == dtype
        && k.length() <= LONGEST;
  }

  /** Runs the kernel to its end. */
  public static void run(Kernel.Fft k) {
    if (!supports(k)) {
      throw new BackendException(
          "[cpu] no Fft of %s and %d points; ask supports() first"
              .formatted(k.in().dtype(), k.length()));
    }
    if (k.out().layout().numel() == 0) {
      return;
    }
    boolean realIn = k.form() == Kernel.Fft.Form.REAL_TO_HALF;
    boolean realOut = k.form() == Kernel.Fft.Form.HALF_TO_REAL;
    Lines from = new Lines(realIn ? k.in().layout() : firsts(k.in()), k.axis());
    Lines to = new Lines(realOut ? k.out().layout() : firsts(k.out()), k.axis());
    LinePlan plan = Plans.of(k.length());
    Elements source =
        new Elements(CpuStorage.array(k.in()), from.stride(), realIn ? 0 : pairStride(k.in()));
    Elements target =
        new Elements(CpuStorage.array(k.out()), to.stride(), realOut ? 0 : pairStride(k.out()));
    Workers.run(
        from.count(),
        Math.max(1, GRAIN / k.length()),
        (first, last) -> {
          double[] work = plan.work();
          for (long i = first; i < last; i++) {
            plan.load(source, from.at(i), k.form(), k.inverse(), work);
            plan.transform(k.form(), k.inverse(), work);
            plan.store(work, target, to.at(i), k.form(), k.inverse(), k.scale());
          }
        });
  }

  /** The real parts of pairs. */
  private static Layout firsts(Operand pairs) {
    Layout all = pairs.layout();
    int rank = all.rank() - 1;
    long[] sizes = new long[rank];
    long[] strides = new long[rank];
    for (int d = 0; d < rank; d++) {
      sizes[d] = all.size(d);
      strides[d] = all.stride(d);
    }
    return Layout.of(Shape.of(sizes), strides, all.offset());
  }

  private static int pairStride(Operand pairs) {
    return (int) pairs.layout().stride(pairs.layout().rank() - 1);
  }
}
