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

  private static final int TILE = SortScratch.TILE;

  private final ComputeType type;
  private final boolean descending;
  private final int kept;
  private final int flip;

  /** For 32-bit elements. */
  Smallest(ComputeType type, boolean descending, int kept) {
    this.type = type;
    this.descending = descending;
    this.kept = kept;
    this.flip = descending ? -1 : 0;
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
    SortScratch scratch = SortScratch.ofThread();
    Object values = scratch.values(type);
    long[] keys = scratch.longs;
    int filled = 0;
    boolean direct = stride == 1 && from instanceof float[];
    for (int p = 0; p < size; p += TILE) {
      int n = Math.min(TILE, size - p);
      int start = at + (begin + p) * stride;
      if (!direct) {
        Runs.load(from, dtype, start, stride, n, values, 0);
      }
      int fresh = Math.min(n, heap.length - filled);
      if (type == ComputeType.F32) {
        float[] tile = (float[]) (direct ? from : values);
        int o = direct ? start : 0;
        int position = begin + p - o;
        for (int i = o; i < o + fresh; i++) {
          heap[filled++] = (long) (Keys.of(tile[i]) ^ flip) << 32 | position + i;
        }
        order(heap, fresh > 0 && filled == heap.length);
        if (fresh < n) {
          replace(heap, tile, o + fresh, o + n, position);
        }
        continue;
      }
      Keys.of(type, values, n, descending, keys);
      for (int i = 0; i < fresh; i++) {
        heap[filled++] = keys[i] << 32 | begin + p + i;
      }
      order(heap, fresh > 0 && filled == heap.length);
      // What equals the last of the first few comes behind it.
      long top = heap[0] >> 32;
      for (int i = fresh; i < n; i++) {
        if (keys[i] < top) {
          heap[0] = keys[i] << 32 | begin + p + i;
          sink(heap, 0);
          top = heap[0] >> 32;
        }
      }
    }
    return heap;
  }

  private static void order(long[] heap, boolean isFull) {
    for (int j = isFull ? heap.length / 2 - 1 : -1; j >= 0; j--) {
      sink(heap, j);
    }
  }

  /** Puts elements {@code a[from .. end)} in place of those that they come before. */
  private void replace(long[] heap, float[] a, int from, int end, int position) {
    float bound = bound(heap[0]);
    for (int p = from; p < end; p++) {
      float x = a[p];
      // Written so that NaN is looked at.
      if (descending ? x <= bound : x >= bound) {
        continue;
      }
      long key = Keys.of(x) ^ flip;
      if (key < heap[0] >> 32) {
        heap[0] = key << 32 | position + p;
        sink(heap, 0);
        bound = bound(heap[0]);
      }
    }
  }

  /** The element that a key stands for. */
  private float bound(long top) {
    int key = (int) (top >> 32) ^ flip;
    return Float.intBitsToFloat(key ^ (key >> 31) & 0x7fffffff);
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
