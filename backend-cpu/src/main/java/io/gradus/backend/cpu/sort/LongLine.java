package io.gradus.backend.cpu.sort;

import io.gradus.backend.cpu.Borrowed;
import io.gradus.backend.cpu.CpuStorage;
import io.gradus.backend.cpu.Workers;
import io.gradus.backend.cpu.runs.Lines;
import io.gradus.backend.cpu.runs.Runs;
import io.gradus.tensor.dtype.ComputeType;
import io.gradus.tensor.kernel.Kernel;
import io.gradus.tensor.kernel.Operand;
import org.jspecify.annotations.Nullable;

/** Sorts a long line of 32-bit elements on all threads. */
final class LongLine {
  /** Elements that a thread packs or unpacks at a time. */
  private static final int PART = 8 * SortScratch.TILE;

  private LongLine() {}

  /** Whether this is for lines of a length. */
  static boolean fits(Kernel.Sort k, int n) {
    ComputeType type = k.in().dtype().compute();
    // Some elements are read again while results are written.
    return n >= Radix.SMALL
        && (type == ComputeType.F32 || type == ComputeType.I32)
        && !isOver(k.in(), k.values())
        && !isOver(k.in(), k.indices());
  }

  private static boolean isOver(Operand in, @Nullable Operand out) {
    return out != null && CpuStorage.array(in) == CpuStorage.array(out);
  }

  /** Sorts one line of n elements, of which the first {@code kept} are stored. */
  static void sort(Kernel.Sort k, Lines in, long line, int n, int kept) {
    Operand from = k.in();
    PackedKeys packed =
        new PackedKeys(
            CpuStorage.array(from),
            from.dtype(),
            in.at(line),
            in.stride(),
            from.dtype().compute(),
            k.descending());
    try (Borrowed<long[]> first = Borrowed.longs(n);
        Borrowed<long[]> second = Borrowed.longs(n)) {
      long[] keys = first.array();
      parts(n, (p, m, scratch) -> packed.pack(p, m, scratch, keys));
      long[] sorted = Radix.sort(keys, second.array(), n);
      Operand values = k.values();
      if (values != null) {
        Lines out = new Lines(values.layout(), k.axis());
        int at = out.at(line);
        Object to = CpuStorage.array(values);
        parts(
            kept,
            (p, m, scratch) ->
                Runs.store(
                    packed.type(),
                    packed.unpack(sorted, p, m, scratch),
                    0,
                    values.dtype(),
                    to,
                    at + p * out.stride(),
                    out.stride(),
                    m));
      }
      Operand indices = k.indices();
      if (indices != null) {
        Lines out = new Lines(indices.layout(), k.axis());
        int at = out.at(line);
        Object to = CpuStorage.array(indices);
        parts(
            kept,
            (p, m, scratch) -> {
              positions(sorted, p, m, scratch.longs);
              Runs.store(
                  ComputeType.I64,
                  scratch.longs,
                  0,
                  indices.dtype(),
                  to,
                  at + p * out.stride(),
                  out.stride(),
                  m);
            });
      }
    }
  }

  private static void positions(long[] keys, int from, int n, long[] to) {
    for (int i = 0; i < n; i++) {
      to[i] = (int) keys[from + i];
    }
  }

  private interface Part {
    void run(int from, int n, SortScratch scratch);
  }

  private static void parts(int n, Part part) {
    Workers.run(
        n,
        PART,
        (from, to) -> {
          SortScratch scratch = SortScratch.ofThread();
          for (int p = (int) from; p < to; p += SortScratch.TILE) {
            part.run(p, (int) Math.min(SortScratch.TILE, to - p), scratch);
          }
        });
  }
}
