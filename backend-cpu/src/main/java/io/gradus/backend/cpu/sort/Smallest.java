package io.gradus.backend.cpu.sort;

import io.gradus.backend.cpu.Borrowed;
import io.gradus.backend.cpu.Workers;
import io.gradus.backend.cpu.lanes.Lanes;
import io.gradus.backend.cpu.runs.Runs;
import io.gradus.tensor.dtype.ComputeType;
import io.gradus.tensor.dtype.DType;

/**
 * The first few of lines of 32-bit elements in order, without sorting the rest: most elements are
 * seen at a glance to come behind as many others.
 */
final class Smallest implements AutoCloseable {
  /** Elements that one thread looks at; more than a few times what is kept. */
  private static final int STRETCH = 1 << 16;

  /** Elements between two looks at which are still worth keeping. */
  private static final int TILE = SortScratch.TILE;

  private final ComputeType type;
  private final DType dtype;
  private final int stride;
  private final int kept;
  private final int flip;
  private final boolean direct;
  private final Candidates found;

  /** For lines whose elements are {@code stride} apart. */
  Smallest(DType dtype, int stride, boolean descending, int kept) {
    this.type = dtype.compute();
    this.dtype = dtype;
    this.stride = stride;
    this.kept = kept;
    this.flip = descending ? -1 : 0;
    this.direct = stride == 1 && type.dtype() == dtype;
    this.found = new Candidates(kept);
  }

  @Override
  public void close() {
    found.close();
  }

  /** The positions of the first few of n elements, in order. */
  void of(Object from, int at, int n, int[] order) {
    int stretch = Math.max(STRETCH, 4 * kept);
    found.clear();
    if (n <= stretch) {
      stretch(from, at, 0, n, found);
    } else {
      Workers.run(
          (n + stretch - 1) / stretch,
          1,
          (first, end) -> {
            for (int s = (int) first; s < end; s++) {
              try (Candidates some = new Candidates(kept)) {
                int begin = s * stretch;
                stretch(from, at, begin, Math.min(stretch, n - begin), some);
                synchronized (found) {
                  found.addAll(some);
                }
              }
            }
          });
    }
    found.positions(order);
  }

  private void stretch(Object from, int at, int begin, int size, Candidates to) {
    int start = at + begin * stride;
    if (direct) {
      look(from, start, size, begin - start, to);
      return;
    }
    try (Borrowed<Object> values = Borrowed.of(type, size)) {
      Runs.load(from, dtype, start, stride, size, values.array(), 0);
      look(values.array(), 0, size, begin, to);
    }
  }

  /** Looks at {@code a[from .. from + n)}, of which element i has position {@code i + shift}. */
  private void look(Object a, int from, int n, int shift, Candidates to) {
    if (a instanceof float[] f) {
      if (Lanes.fillsVector(n)) {
        lookAtVectors(f, from, from + n, shift, to);
      } else {
        for (int i = from; i < from + n; i++) {
          to.add(Keys.of(f[i]) ^ flip, i + shift);
        }
      }
    } else {
      int[] x = (int[]) a;
      for (int i = from; i < from + n; i++) {
        to.add(x[i] ^ flip, i + shift);
      }
    }
  }

  private void lookAtVectors(float[] a, int from, int end, int shift, Candidates to) {
    float sign = flip == 0 ? -1 : 1;
    float bound;
    try (Borrowed<int[]> largest = Borrowed.ints(FloatVectorSieve.groups(kept))) {
      bound = FloatVectorSieve.bound(a, from, end, sign, kept, largest.array());
    }
    int[] places = SortScratch.ofThread().ints;
    for (int p = from; p < end; p += TILE) {
      int n = FloatVectorSieve.pass(a, p, Math.min(end, p + TILE), sign, bound, places);
      for (int i = 0; i < n; i++) {
        int q = places[i];
        to.add(Keys.of(a[q]) ^ flip, q + shift);
      }
      if (to.isLimited()) {
        // What equals the last of the first few comes behind it.
        bound = Math.nextUp(sign * Keys.element(to.limit() ^ flip));
      }
    }
  }
}
