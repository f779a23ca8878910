package io.gradus.nn;

import io.gradus.Tensor;
import io.gradus.graph.GradMode;
import io.gradus.graph.Record;
import io.gradus.tensor.layout.Slice;
import java.util.Arrays;

/**
 * All windows of a kernel's size over the last dimensions, and their sum back in place; each is the
 * gradient of the other.
 *
 * @param kernel sizes of the window
 * @param stride steps between windows
 * @param dilation steps within a window
 */
record Windows(Dims kernel, Dims stride, Dims dilation) {
  /** A number for each dimension. */
  record Dims(long... values) {
    long at(int i) {
      return values[i];
    }

    @Override
    public boolean equals(Object other) {
      return other instanceof Dims d && Arrays.equals(values, d.values);
    }

    @Override
    public int hashCode() {
      return Arrays.hashCode(values);
    }

    @Override
    public String toString() {
      return Arrays.toString(values);
    }
  }

  Windows(long[] kernel, long[] stride, long[] dilation) {
    this(new Dims(kernel), new Dims(stride), new Dims(dilation));
  }

  int rank() {
    return kernel.values.length;
  }

  /** How many windows fit; 0 or less if none does. */
  long[] counts(long[] sizes) {
    long[] out = new long[sizes.length];
    Arrays.setAll(
        out,
        i -> Math.floorDiv(sizes[i] - dilation.at(i) * (kernel.at(i) - 1) - 1, stride.at(i)) + 1);
    return out;
  }

  /** [N, C, sizes…] to a copy [N, C, kernel…, counts…]. */
  Tensor extract(Tensor x) {
    int n = rank();
    long[] sizes = Spatial.sizes(x, n);
    long[] to = Spatial.shape(x.size(0), x.size(1), kernel.values, counts(sizes));
    long[] from = x.stride();
    long[] strides = new long[to.length];
    for (int i = 0; i < to.length; i++) {
      strides[i] =
          i < 2
              ? from[i]
              : i < n + 2 ? from[i] * dilation.at(i - 2) : from[i - n] * stride.at(i - n - 2);
    }
    Tensor columns;
    try (GradMode.Scope _ = GradMode.noGrad()) {
      columns =
          x.numel() == 0
              ? Spatial.zeros(x, to)
              : x.detach().asStrided(to, strides, x.storageOffset()).cloneContiguous();
    }
    return Record.rule(
        "Im2colBackward0", columns, x, (g, saved, needs) -> new Tensor[] {fold(g, sizes)});
  }

  /** [N, C, kernel…, counts…] to [N, C, sizes…]: what falls on one place is added. */
  Tensor fold(Tensor columns, long[] sizes) {
    int n = rank();
    long[] counts = counts(sizes);
    Tensor all = Spatial.zeros(columns, Spatial.shape(columns.size(0), columns.size(1), sizes));
    if (all.numel() > 0 && columns.numel() > 0) {
      try (GradMode.Scope _ = GradMode.noGrad()) {
        long[] tap = new long[n];
        do {
          Tensor from = columns;
          Tensor to = all;
          for (int i = 0; i < n; i++) {
            from = from.select(2, tap[i]);
            long first = tap[i] * dilation.at(i);
            Slice range = Slice.of(first, first + (counts[i] - 1) * stride.at(i) + 1);
            to = to.slice(i + 2, range.step(stride.at(i)));
          }
          to.add_(from);
        } while (next(tap));
      }
    }
    return Record.rule(
        "Col2imBackward0", all, columns, (g, saved, needs) -> new Tensor[] {extract(g)});
  }

  private boolean next(long[] tap) {
    for (int i = tap.length - 1; i >= 0; i--) {
      if (++tap[i] < kernel.at(i)) {
        return true;
      }
      tap[i] = 0;
    }
    return false;
  }

  /** Zeros around the last dimensions. */
  static Tensor pad(Tensor x, long[] before, long[] after) {
    if (Spatial.product(plusOne(before)) == 1 && Spatial.product(plusOne(after)) == 1) {
      return x;
    }
    int n = before.length;
    long[] sizes = Spatial.sizes(x, n);
    long[] wide = new long[n];
    Arrays.setAll(wide, i -> before[i] + sizes[i] + after[i]);
    Tensor all = Spatial.zeros(x, Spatial.shape(x.size(0), x.size(1), wide));
    try (GradMode.Scope _ = GradMode.noGrad()) {
      crop(all, before, sizes).copy_(x.detach());
    }
    return Record.rule(
        "ConstantPadNdBackward0", all, x, (g, s, needs) -> new Tensor[] {crop(g, before, sizes)});
  }

  private static long[] plusOne(long[] values) {
    return Arrays.stream(values).map(v -> v + 1).toArray();
  }

  /** The block of the given sizes that starts at {@code first}. */
  static Tensor crop(Tensor x, long[] first, long[] sizes) {
    if (x.numel() == 0) {
      return x.reshape(Spatial.shape(x.size(0), x.size(1), sizes));
    }
    Tensor block = x;
    for (int i = 0; i < first.length; i++) {
      if (first[i] != 0 || sizes[i] != x.size(i + 2)) {
        block = block.narrow(i + 2, first[i], sizes[i]);
      }
    }
    return block;
  }
}
