package io.gradus.backend.cpu.sort;

import io.gradus.backend.cpu.Borrowed;
import io.gradus.backend.cpu.CpuStorage;
import io.gradus.backend.cpu.Workers;
import io.gradus.backend.cpu.runs.Lines;
import io.gradus.backend.cpu.runs.Runs;
import io.gradus.tensor.dtype.ComputeType;
import io.gradus.tensor.kernel.Kernel;
import io.gradus.tensor.kernel.Operand;
import java.util.Arrays;

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
    if (!isFew(k, in.length(), out.length()) && LongLine.fits(k, in.length())) {
      Workers.run(
          in.count(),
          1,
          (from, to) -> {
            for (long line = from; line < to; line++) {
              LongLine.sort(k, in, line, in.length(), out.length());
            }
          });
      return;
    }
    Workers.run(
        in.count(),
        Math.max(1, 2048 / in.length()),
        (from, to) -> {
          try (LineSort sort = new LineSort(k, in.length(), out.length())) {
            for (long line = from; line < to; line++) {
              sort.run(line, in);
            }
          }
        });
  }

  /** What is left out pays for looking at each element by itself. */
  private static boolean isFew(Kernel.Sort k, int n, int kept) {
    ComputeType type = k.in().dtype().compute();
    return type != ComputeType.F64 && type != ComputeType.I64 && kept > 0 && kept <= n / 16;
  }

  /** Sorts one line after the other with the same arrays. */
  private static final class LineSort implements AutoCloseable {
    private final Kernel.Sort kernel;
    private final int n;
    private final int kept;
    private final ComputeType type;
    private final boolean few;
    private final Borrowed<Object> values;
    private final Borrowed<Object> sorted;
    private final Borrowed<long[]> keys;
    private final Borrowed<int[]> allOrder;
    private final Borrowed<long[]> positions;

    LineSort(Kernel.Sort kernel, int n, int kept) {
      this.kernel = kernel;
      this.n = n;
      this.kept = kept;
      this.type = kernel.in().dtype().compute();
      this.few = isFew(kernel, n, kept);
      this.values = Borrowed.of(type, few ? 0 : n);
      this.sorted = Borrowed.of(type, kept);
      this.keys = Borrowed.longs(few ? 0 : n);
      this.allOrder = Borrowed.ints(few ? 0 : n);
      this.positions = Borrowed.longs(kept);
    }

    @Override
    public void close() {
      values.close();
      sorted.close();
      keys.close();
      allOrder.close();
      positions.close();
    }

    void run(long line, Lines in) {
      Operand from = kernel.in();
      Object array = CpuStorage.array(from);
      Object values = this.values.array();
      Object sorted = this.sorted.array();
      long[] positions = this.positions.array();
      int[] order = allOrder.array();
      if (few) {
        order =
            new Smallest(type, kernel.descending(), kept)
                .of(array, from.dtype(), in.at(line), in.stride(), n);
      } else {
        Runs.load(array, from.dtype(), in.at(line), in.stride(), n, values, 0);
        Keys.of(type, values, n, kernel.descending(), keys.array());
        if (type == ComputeType.F64 || type == ComputeType.I64) {
          wide(keys.array(), order);
        } else {
          narrow(keys.array(), order);
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
    private void narrow(long[] keys, int[] order) {
      for (int i = 0; i < n; i++) {
        keys[i] = keys[i] << 32 | i;
      }
      Arrays.sort(keys, 0, n);
      for (int i = 0; i < kept; i++) {
        order[i] = (int) keys[i];
      }
    }

    private void wide(long[] keys, int[] order) {
      for (int i = 0; i < n; i++) {
        order[i] = i;
      }
      Radix.sort(keys, order, n);
    }
  }
}
