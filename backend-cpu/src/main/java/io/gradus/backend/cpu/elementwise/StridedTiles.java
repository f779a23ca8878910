package io.gradus.backend.cpu.elementwise;

import io.gradus.tensor.dtype.DType;
import io.gradus.tensor.layout.Layout;

/**
 * Reads and writes runs of the row-major order of a strided operand, a row at a time.
 *
 * <p>Dimensions that lie one behind the other in memory are treated as one. Immutable.
 */
public final class StridedTiles {
  private final int[] sizes;
  private final int[] strides;
  private final int offset;

  private StridedTiles(int[] sizes, int[] strides, int offset) {
    this.sizes = sizes;
    this.strides = strides;
    this.offset = offset;
  }

  /** The runs of a layout (of at most 2^31-3 elements). */
  public static StridedTiles of(Layout layout) {
    int rank = layout.rank();
    int[] sizes = new int[Math.max(rank, 1)];
    int[] strides = new int[Math.max(rank, 1)];
    int n = 0;
    for (int d = 0; d < rank; d++) {
      long size = layout.size(d);
      if (size == 1) {
        continue;
      }
      long stride = layout.stride(d);
      if (n > 0 && strides[n - 1] == stride * size) {
        sizes[n - 1] = Math.toIntExact(sizes[n - 1] * size);
      } else {
        sizes[n++] = Math.toIntExact(size);
      }
      strides[n - 1] = Math.toIntExact(stride);
    }
    if (n == 0) {
      sizes[n++] = 1;
    }
    return new StridedTiles(
        java.util.Arrays.copyOf(sizes, n), java.util.Arrays.copyOf(strides, n), toInt(layout));
  }

  private static int toInt(Layout layout) {
    return Math.toIntExact(layout.offset());
  }

  /**
   * Where elements {@code [from, from + n)} start that lie side by side in memory; negative where
   * they do not.
   */
  int straight(long from, int n) {
    int last = sizes.length - 1;
    if (strides[last] != 1) {
      return -1;
    }
    int p = offset;
    long rest = from;
    for (int d = last; d >= 0; d--) {
      int c = d == 0 ? (int) rest : (int) (rest % sizes[d]);
      if (d == last && c + n > sizes[d]) {
        return -1;
      }
      p += c * strides[d];
      rest /= sizes[d];
    }
    return p;
  }

  /** Widens elements {@code [from, from + n)} into a compute array. */
  public void load(DType dtype, Object array, long from, int n, Object dst, int at) {
    int last = sizes.length - 1;
    int stride = strides[last];
    int[] coordinate = coordinate(from);
    int p = position(coordinate);
    for (int done = 0; done < n; ) {
      int run = Math.min(n - done, sizes[last] - coordinate[last]);
      if (stride == 0 && run > 1) {
        Conversions.load(dtype, array, p, 1, dst, at + done, 1);
        Conversions.splat(dtype.compute(), dst, at + done, at + done + 1, run - 1);
      } else {
        Conversions.load(dtype, array, p, stride, dst, at + done, run);
      }
      done += run;
      p = advance(coordinate, p, run);
    }
  }

  /** Narrows a run of a compute array into elements {@code [from, from + n)}. */
  public void store(DType dtype, Object src, int at, Object array, long from, int n) {
    int last = sizes.length - 1;
    int stride = strides[last];
    int[] coordinate = coordinate(from);
    int p = position(coordinate);
    for (int done = 0; done < n; ) {
      int run = Math.min(n - done, sizes[last] - coordinate[last]);
      Conversions.store(dtype, src, at + done, array, p, stride, run);
      done += run;
      p = advance(coordinate, p, run);
    }
  }

  private int[] coordinate(long linear) {
    int[] c = new int[sizes.length];
    long rest = linear;
    for (int d = sizes.length - 1; d > 0; d--) {
      c[d] = (int) (rest % sizes[d]);
      rest /= sizes[d];
    }
    c[0] = (int) rest;
    return c;
  }

  private int position(int[] coordinate) {
    int p = offset;
    for (int d = 0; d < coordinate.length; d++) {
      p += coordinate[d] * strides[d];
    }
    return p;
  }

  /** The position after {@code run} more elements of a row, which may end there. */
  private int advance(int[] c, int p, int run) {
    int d = c.length - 1;
    int q = p + run * strides[d];
    c[d] += run;
    while (c[d] == sizes[d] && d > 0) {
      c[d] = 0;
      q -= sizes[d] * strides[d];
      d--;
      c[d]++;
      q += strides[d];
    }
    return q;
  }
}
