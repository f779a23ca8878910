package io.gradus.backend.cpu.runs;

import io.gradus.backend.cpu.CpuStorage;
import io.gradus.tensor.dtype.ComputeType;
import io.gradus.tensor.dtype.DType;
import io.gradus.tensor.kernel.Operand;
import io.gradus.tensor.layout.Layout;

/**
 * The elements of an operand in row-major order, any part of them at a time.
 *
 * <p>Axes that lie together in memory are merged, so a dense operand is a single run. Immutable;
 * shared by the threads of a kernel.
 */
public final class Walk {
  private final Object array;
  private final DType dtype;
  private final long[] sizes;
  private final long[] strides;
  private final int offset;

  /** A walk over all of an operand. */
  public Walk(Operand operand) {
    this(CpuStorage.array(operand), operand.dtype(), operand.layout());
  }

  /** A walk over an array. */
  public Walk(Object array, DType dtype, Layout layout) {
    this.array = array;
    this.dtype = dtype;
    this.offset = (int) layout.offset();
    long[] sizesOut = new long[Math.max(1, layout.rank())];
    long[] stridesOut = new long[sizesOut.length];
    int n = 0;
    for (int d = 0; d < layout.rank(); d++) {
      if (layout.size(d) == 1) {
        continue;
      }
      if (n > 0 && stridesOut[n - 1] == layout.stride(d) * layout.size(d)) {
        sizesOut[n - 1] *= layout.size(d);
        stridesOut[n - 1] = layout.stride(d);
      } else {
        sizesOut[n] = layout.size(d);
        stridesOut[n++] = layout.stride(d);
      }
    }
    if (n == 0) {
      sizesOut[0] = 1;
      n = 1;
    }
    this.sizes = java.util.Arrays.copyOf(sizesOut, n);
    this.strides = java.util.Arrays.copyOf(stridesOut, n);
  }

  /** The storage's array. */
  public Object array() {
    return array;
  }

  /** The element type. */
  public DType dtype() {
    return dtype;
  }

  /** Whether the elements are one run without gaps. */
  public boolean isDense() {
    return sizes.length == 1 && (strides[0] == 1 || sizes[0] <= 1);
  }

  /** Where element number {@code linear} is in the array. */
  public int at(long linear) {
    long p = offset;
    long rest = linear;
    for (int d = sizes.length - 1; d > 0; d--) {
      p += rest % sizes[d] * strides[d];
      rest /= sizes[d];
    }
    return (int) (p + rest * strides[0]);
  }

  /** Widens elements {@code [from, from + n)} into a compute array at {@code o}. */
  public void load(long from, int n, Object to, int o) {
    move(from, n, to, o, null);
  }

  /** Narrows {@code n} numbers at {@code o} to elements {@code [to, to + n)}. */
  public void store(ComputeType type, Object from, int o, long to, int n) {
    move(to, n, from, o, type);
  }

  private void move(
      long from, int n, Object dense, int o, @org.jspecify.annotations.Nullable ComputeType type) {
    if (n == 0) {
      return;
    }
    int last = sizes.length - 1;
    long size = sizes[last];
    int stride = (int) strides[last];
    long[] at = new long[sizes.length];
    long rest = from;
    long p = offset;
    for (int d = last; d > 0; d--) {
      at[d] = rest % sizes[d];
      rest /= sizes[d];
      p += at[d] * strides[d];
    }
    at[0] = rest;
    p += rest * strides[0];
    int done = 0;
    while (done < n) {
      int run = (int) Math.min(size - at[last], n - done);
      if (type == null) {
        Runs.load(array, dtype, (int) p, stride, run, dense, o + done);
      } else {
        Runs.store(type, dense, o + done, dtype, array, (int) p, stride, run);
      }
      done += run;
      p += run * strides[last];
      at[last] += run;
      for (int d = last; d > 0 && at[d] == sizes[d]; d--) {
        p += strides[d - 1] - sizes[d] * strides[d];
        at[d] = 0;
        at[d - 1]++;
      }
    }
  }
}
