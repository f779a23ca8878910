package io.gradus.tensor.layout;

import org.jspecify.annotations.Nullable;

/** Decides whether a reshape can be expressed by strides alone. */
public final class ViewStrides {
  private ViewStrides() {}

  /**
   * The strides that show {@code in} under the shape {@code to} (same number of elements), or null
   * where only a copy can.
   *
   * <p>The operand's dimensions are grouped into runs that lie behind each other in memory; each
   * run must be covered by whole dimensions of the result.
   */
  public static long @Nullable [] compute(Layout in, Shape to) {
    if (in.numel() == 0) {
      return in.shape().equals(to) ? in.strides() : Layout.rowMajor(to);
    }
    long[] strides = new long[to.rank()];
    if (in.rank() == 0) {
      java.util.Arrays.fill(strides, 1);
      return strides;
    }
    int view = to.rank() - 1;
    long base = in.stride(in.rank() - 1);
    long run = 1;
    long covered = 1;
    for (int d = in.rank() - 1; d >= 0; d--) {
      run *= in.size(d);
      boolean endsRun = d == 0 || in.size(d - 1) != 1 && in.stride(d - 1) != run * base;
      if (!endsRun) {
        continue;
      }
      while (view >= 0 && (covered < run || to.sizes[view] == 1)) {
        strides[view] = covered * base;
        covered *= to.sizes[view--];
      }
      if (covered != run) {
        return null;
      }
      if (d > 0) {
        base = in.stride(d - 1);
        run = 1;
        covered = 1;
      }
    }
    return view == -1 ? strides : null;
  }

  /** The layout under another shape, or null where only a copy can show it. */
  public static @Nullable Layout tryView(Layout in, Shape to) {
    long[] strides = compute(in, to);
    return strides == null ? null : Layout.owning(to, strides, in.offset());
  }
}
