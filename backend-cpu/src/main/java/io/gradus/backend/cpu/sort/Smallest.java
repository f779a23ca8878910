package io.gradus.backend.cpu.sort;

import io.gradus.backend.cpu.Workers;
import io.gradus.backend.cpu.runs.Runs;
import io.gradus.tensor.dtype.ComputeType;
import io.gradus.tensor.dtype.DType;
import java.util.Arrays;

/**
 * The first few of a line in order, without sorting the rest: a heap for each stretch of the line,
 * then the first of those.
 */
final class Smallest {
  /** Elements that one thread looks at; more than a few times what is kept. */
  private static final int STRETCH = 1 << 16;

  private static final int TILE = 2048;

  private static final ThreadLocal<Scratch> SCRATCH = ThreadLocal.withInitial(Scratch::new);

  private final ComputeType type;
  private final boolean descending;
  private final int kept;

  /** For 32-bit elements. */
  Smallest(ComputeType type, boolean descending, int kept) {
    this.type = type;
    this.descending = descending;
    this.kept = kept;
  }

  /** The positions of the first {@code kept} of n elements, in order. */
  int[] of(Object from, DType dtype, int at, int stride, int n) {
    int stretch = Math.max(STRETCH, 4 * kept);
    int count = (n + stretch - 1) / stretch;
    int last = Math.min(kept, n - (count - 1) * stretch);
    long[] found = new long[(count - 1) * kept + last];
    Workers.run(
        count,
        1,
        (first, end) -> {
          for (int s = (int) first; s < end; s++) {
            int begin = s * stretch;
            int size = Math.min(stretch, n - begin);
            long[] heap = heap(from, dtype, at, stride, begin, size);
            System.arraycopy(heap, 0, found, s * kept, heap.length);
          }
        });
    Arrays.sort(found);
    int[] order = new int[kept];
    for (int i = 0; i < kept; i++) {
      order[i] = (int) found[i];
    }
    return order;
  }

  /** The keys of the first few of a stretch above their positions, in no particular order. */
  private long[] heap(Object from, DType dtype, int at, int stride, int begin, int size) {
    long[] heap = new long[Math.min(kept, size)];
    Scratch scratch = SCRATCH.get();
    Object values = scratch.values(type);
    long[] keys = scratch.keys;
    int filled = 0;
    for (int p = 0; p < size; p += TILE) {
      int n = Math.min(TILE, size - p);
      Runs.load(from, dtype, at + (begin + p) * stride, stride, n, values, 0);
      Keys.of(type, values, n, descending, keys);
      int i = 0;
      for (; i < n && filled < heap.length; i++) {
        heap[filled++] = keys[i] << 32 | begin + p + i;
        if (filled == heap.length) {
          for (int j = filled / 2 - 1; j >= 0; j--) {
            sink(heap, j);
          }
        }
      }
      // What equals the last of the first few comes behind it.
      long top = heap[0] >> 32;
      for (; i < n; i++) {
        if (keys[i] < top) {
          heap[0] = keys[i] << 32 | begin + p + i;
          sink(heap, 0);
          top = heap[0] >> 32;
        }
      }
    }
    return heap;
  }

  /** Arrays of a thread. */
  private static final class Scratch {
    final long[] keys = new long[TILE];
    private final float[] floats = new float[TILE];
    private final int[] ints = new int[TILE];

    Object values(ComputeType type) {
      return type == ComputeType.F32 ? floats : ints;
    }
  }

  /** Restores a heap with the largest on top below one place. */
  private static void sink(long[] heap, int start) {
    int size = heap.length;
    int i = start;
    long key = heap[i];
    while (2 * i + 1 < size) {
      int child = 2 * i + 1;
      if (child + 1 < size && heap[child + 1] > heap[child]) {
        child++;
      }
      if (heap[child] <= key) {
        break;
      }
      heap[i] = heap[child];
      i = child;
    }
    heap[i] = key;
  }
}
