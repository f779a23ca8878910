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
import org.jspecify.annotations.Nullable;

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
          LineSort sort = new LineSort(k, in, out.length());
          sort.run(from, to);
        });
  }

  /** What is left out pays for looking at each element by itself. */
  private static boolean isFew(Kernel.Sort k, int n, int kept) {
    ComputeType type = k.in().dtype().compute();
    return type != ComputeType.F64 && type != ComputeType.I64 && kept > 0 && kept <= n / 16;
  }

  /** Sorts one line after the other with the same arrays. */
  private static final class LineSort {
    private final Kernel.Sort kernel;
    private final Lines in;
    private final int n;
    private final int kept;
    private final ComputeType type;
    private final boolean isFew;
    private final @Nullable Lines valueLines;
    private final @Nullable Lines indexLines;

    LineSort(Kernel.Sort kernel, Lines in, int kept) {
      this.kernel = kernel;
      this.in = in;
      this.n = in.length();
      this.kept = kept;
      this.type = kernel.in().dtype().compute();
      this.isFew = isFew(kernel, n, kept);
      this.valueLines = lines(kernel.values(), kernel.axis());
      this.indexLines = lines(kernel.indices(), kernel.axis());
    }

    private static @Nullable Lines lines(@Nullable Operand operand, int axis) {
      return operand == null ? null : new Lines(operand.layout(), axis);
    }

    /** Sorts some lines. */
    void run(long from, long to) {
      try (Borrowed<Object> sorted = Borrowed.of(type, kept);
          Borrowed<int[]> order = Borrowed.ints(isFew ? kept : n);
          Borrowed<long[]> positions = Borrowed.longs(kept)) {
        if (isFew) {
          few(from, to, sorted.array(), order.array(), positions.array());
        } else {
          all(from, to, sorted.array(), order.array(), positions.array());
        }
      }
    }

    /** Finds the first few of each line without sorting the rest. */
    private void few(long from, long to, Object sorted, int[] order, long[] positions) {
      Operand operand = kernel.in();
      Object array = CpuStorage.array(operand);
      try (Smallest few = new Smallest(operand.dtype(), in.stride(), kernel.descending(), kept)) {
        for (long line = from; line < to; line++) {
          few.of(array, in.at(line), n, order);
          if (valueLines != null && operand.dtype() == type.dtype()) {
            Fetch.byPosition(type, array, in.at(line), in.stride(), order, kept, sorted);
          } else if (valueLines != null) {
            for (int i = 0; i < kept; i++) {
              int at = in.at(line) + order[i] * in.stride();
              Runs.load(array, operand.dtype(), at, 1, 1, sorted, i);
            }
          }
          store(line, sorted, order, positions);
        }
      }
    }

    private void all(long from, long to, Object sorted, int[] order, long[] positions) {
      Operand operand = kernel.in();
      Object array = CpuStorage.array(operand);
      try (Borrowed<Object> memory = Borrowed.of(type, n);
          Borrowed<long[]> keyMemory = Borrowed.longs(n)) {
        Object values = memory.array();
        long[] keys = keyMemory.array();
        for (long line = from; line < to; line++) {
          Runs.load(array, operand.dtype(), in.at(line), in.stride(), n, values, 0);
          Keys.of(type, values, n, kernel.descending(), keys);
          if (type == ComputeType.F64 || type == ComputeType.I64) {
            wide(keys, order);
          } else {
            narrow(keys, order);
          }
          if (valueLines != null) {
            Fetch.byPosition(type, values, 0, 1, order, kept, sorted);
          }
          store(line, sorted, order, positions);
        }
      }
    }

    private void store(long line, Object sorted, int[] order, long[] positions) {
      Operand values = kernel.values();
      if (values != null && valueLines != null) {
        store(type, sorted, values, valueLines, line);
      }
      Operand indices = kernel.indices();
      if (indices != null && indexLines != null) {
        for (int i = 0; i < kept; i++) {
          positions[i] = order[i];
        }
        store(ComputeType.I64, positions, indices, indexLines, line);
      }
    }

    private void store(ComputeType type, Object results, Operand to, Lines lines, long line) {
      Runs.store(
          type, results, 0, to.dtype(), CpuStorage.array(to), lines.at(line), lines.stride(), kept);
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
