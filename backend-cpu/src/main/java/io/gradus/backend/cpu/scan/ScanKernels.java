package io.gradus.backend.cpu.scan;

import io.gradus.backend.cpu.CpuStorage;
import io.gradus.backend.cpu.Workers;
import io.gradus.backend.cpu.runs.Lines;
import io.gradus.backend.cpu.runs.Runs;
import io.gradus.tensor.dtype.ComputeType;
import io.gradus.tensor.dtype.DType;
import io.gradus.tensor.kernel.Kernel;
import io.gradus.tensor.kernel.Operand;
import io.gradus.tensor.kernel.ScanOp;
import org.jspecify.annotations.Nullable;

/** Runs {@link Kernel.Scan}, one line along the axis after the other, from its start to its end. */
public final class ScanKernels {
  private static final int GRAIN = 1 << 14;

  private ScanKernels() {}

  /** Runs the kernel to its end. */
  public static void run(Kernel.Scan k) {
    if (k.in().layout().numel() == 0) {
      return;
    }
    Lines in = new Lines(k.in().layout(), k.axis());
    Lines out = new Lines(k.out().layout(), k.axis());
    Operand places = k.indices();
    Lines at = places == null ? null : new Lines(places.layout(), k.axis());
    int n = in.length();
    Object from = CpuStorage.array(k.in());
    Object to = CpuStorage.array(k.out());
    // A running sum of integers may be wider than what is summed.
    ComputeType type = k.out().dtype().compute();
    ComputeType source = k.in().dtype().compute();
    if (k.op() == ScanOp.SUM
        && k.in().dtype() == DType.F32
        && k.out().dtype() == DType.F32
        && n >= RunningSums.SHORTEST
        && in.stride() == 1
        && out.stride() == 1) {
      for (long i = 0; i < in.count(); i++) {
        RunningSums.run((float[]) from, in.at(i), (float[]) to, out.at(i), n);
      }
      return;
    }
    Workers.run(
        in.count(),
        Math.max(1, GRAIN / n),
        (first, last) -> {
          Object line = Runs.array(type, n);
          Object narrow = source == type ? line : Runs.array(source, n);
          long[] positions = new long[at == null ? 0 : n];
          for (long i = first; i < last; i++) {
            Runs.load(from, k.in().dtype(), in.at(i), in.stride(), n, narrow, 0);
            if (source != type) {
              Runs.store(source, narrow, 0, type.dtype(), line, 0, 1, n);
            }
            Running.scan(k.op(), type, line, n, positions);
            Runs.store(type, line, 0, k.out().dtype(), to, out.at(i), out.stride(), n);
            store(positions, places, at, i, n);
          }
        });
  }

  private static void store(
      long[] positions, @Nullable Operand to, @Nullable Lines at, long line, int n) {
    if (to != null && at != null) {
      Runs.store(
          ComputeType.I64,
          positions,
          0,
          to.dtype(),
          CpuStorage.array(to),
          at.at(line),
          at.stride(),
          n);
    }
  }
}
