package io.gradus.backend.cpu.sort;

import io.gradus.backend.cpu.CpuStorage;
import io.gradus.backend.cpu.Workers;
import io.gradus.backend.cpu.runs.Lines;
import io.gradus.backend.cpu.runs.Runs;
import io.gradus.tensor.dtype.ComputeType;
import io.gradus.tensor.kernel.Kernel;
import io.gradus.tensor.kernel.Operand;

/**
 * Runs {@link Kernel.Sort}.
 *
 * <p>Each line becomes whole-number keys whose order is the wanted one; the keys are sorted
 * together with their positions, and the elements fetched by position. Elements that compare equal
 * keep their order, and -0 stays -0.
 */
public final class SortKernels {
  private SortKernels() {}

  /** Runs the kernel to its end. */
  public static void run(Kernel.Sort k) {
    Operand shown = k.values() != null ? k.values() : k.indices();
    if (shown == null || shown.layout().numel() == 0) {
      return;
    }
    Lines in = new Lines(k.in().layout(), k.axis());
    Lines out = new Lines(shown.layout(), k.axis());
    Workers.run(
        in.count(),
        Math.max(1, 2048 / in.length()),
        (from, to) -> {
          LineSort sort = new LineSort(k, in.length(), out.length());
          for (long line = from; line < to; line++) {
            sort.run(line, in);
          }
        });
  }

  /** Sorts one line after the other with the same arrays. */
  private static final class LineSort {
    private final Kernel.Sort kernel;
    private final int n;
    private final int kept;
    private final ComputeType type;
    private final boolean few;
    private final Object values;
    private final Object sorted;
    private final long[] keys;
    private int[] order;
    private final long[] positions;

    LineSort(Kernel.Sort kernel, int n, int kept) {
      this.kernel = kernel;
      this.n = n;
      this.kept = kept;
      this.type = kernel.in().dtype().compute();
      // What is left out pays for looking at each element by itself.
      this.few = type != ComputeType.F64 && type != ComputeType.I64 && kept > 0 && kept <= n / 16;
      this.values = Runs.array(type, few ? 0 : n);
      this.sorted = Runs.array(type, kept);
      this.keys = new long[few ? 0 : n];
      this.order = new int[few ? 0 : n];
      this.positions = new long[kept];
    }

    void run(long line, Lines in) {
      Operand from = kernel.in();
      Object array = CpuStorage.array(from);
      if (few) {
        order =
            new Smallest(type, kernel.descending(), kept)
                .of(array, from.dtype(), in.at(line), in.stride(), n);
      } else {
        Runs.load(array, from.dtype(), in.at(line), in.stride(), n, values, 0);
        Keys.of(type, values, n, kernel.descending(), keys);
        if (type == ComputeType.F64 || type == ComputeType.I64) {
          wide();
        } else {
          narrow();
        }
      }
      Operand to = kernel.values();
      if (to != null) {
        if (few) {
          for (int i = 0; i < kept; i++) {
            int at = in.at(line) + order[i] * in.stride();
            Runs.load(array, from.dtype(), at, 1, 1, sorted, i);
          }
        } else {
          Fetch.byPosition(type, values, order, kept, sorted);
        }
        Lines out = new Lines(to.layout(), kernel.axis());
        Runs.store(
            type, sorted, 0, to.dtype(), CpuStorage.array(to), out.at(line), out.stride(), kept);
      }
      Operand indices = kernel.indices();
      if (indices != null) {
        for (int i = 0; i < kept; i++) {
          positions[i] = order[i];
        }
        Lines out = new Lines(indices.layout(), kernel.axis());
        Runs.store(
            ComputeType.I64,
            positions,
            0,
            indices.dtype(),
            CpuStorage.array(indices),
            out.at(line),
            out.stride(),
            kept);
      }
    }

    /** 32-bit keys share a long with their position: sorting the longs is stable. */
    private void narrow() {
      for (int i = 0; i < n; i++) {
        keys[i] = keys[i] << 32 | i;
      }
      Radix.sort(keys, n);
      for (int i = 0; i < kept; i++) {
        order[i] = (int) keys[i];
      }
    }

    private void wide() {
      for (int i = 0; i < n; i++) {
        order[i] = i;
      }
      Radix.sort(keys, order, n);
    }
  }
}
