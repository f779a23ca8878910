package io.gradus.backend.cuda.blas;

import io.gradus.tensor.kernel.Kernel;
import io.gradus.tensor.layout.Layout;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One call of cuBLAS, which sees memory by columns: {@code c = alpha op(a) op(b) + beta c} for a
 * batch of matrices at equal distances.
 *
 * @param first the left factor in cuBLAS's order
 * @param m rows of the result as cuBLAS sees it
 * @param resultOffset elements from the start of the output's storage
 * @param resultStride elements from one result to the next
 */
record GemmCall(
    Factor first,
    Factor second,
    int m,
    int n,
    int k,
    long resultOffset,
    int resultLeading,
    long resultStride,
    int batch) {
  /** More calls than these for one kernel cost more than they bring. */
  private static final int MOST_CALLS = 64;

  /**
   * A factor.
   *
   * @param isA whether it is the kernel's operand a
   * @param transposed whether cuBLAS must transpose it
   * @param offset elements from the start of the operand's storage
   */
  record Factor(boolean isA, boolean transposed, long offset, int leading, long stride) {}

  /** The calls that do a product, or null if cuBLAS cannot. */
  static @Nullable List<GemmCall> of(Kernel.Contract kernel, Layout out) {
    Matrix a = Matrix.of(kernel.a().layout());
    Matrix b = Matrix.of(kernel.b().layout());
    Matrix c = Matrix.of(out);
    // Row-major c = a b is column-major cᵀ = bᵀ aᵀ, and bᵀ by columns is b by rows.
    boolean swapped = c.isRowMajor();
    if (!swapped && !c.transposed().isRowMajor()) {
      return null;
    }
    Matrix result = swapped ? c : c.transposed();
    Matrix left = swapped ? b : a.transposed();
    Matrix right = swapped ? a : b.transposed();
    if (!isUsable(left) || !isUsable(right)) {
      return null;
    }
    long inner = swapped ? b.rows() : a.columns();
    if (result.columns() > Integer.MAX_VALUE
        || result.rows() > Integer.MAX_VALUE
        || inner > Integer.MAX_VALUE
        || inner == 0) {
      return null;
    }
    List<Axis> axes = axes(kernel.a().layout(), kernel.b().layout(), out);
    Axis batch = axes.isEmpty() ? new Axis(1, 0, 0, 0) : axes.removeLast();
    if (batch.size > Integer.MAX_VALUE) {
      return null;
    }
    long calls = axes.stream().mapToLong(x -> x.size).reduce(1, Math::multiplyExact);
    if (calls > MOST_CALLS) {
      return null;
    }
    List<GemmCall> all = new ArrayList<>();
    for (int i = 0; i < calls; i++) {
      long atA = kernel.a().layout().offset();
      long atB = kernel.b().layout().offset();
      long atC = out.offset();
      long rest = i;
      for (Axis axis : axes) {
        long step = rest % axis.size;
        rest /= axis.size;
        atA += step * axis.a;
        atB += step * axis.b;
        atC += step * axis.c;
      }
      Factor fa = factor(true, swapped ? right : left, atA, batch.a);
      Factor fb = factor(false, swapped ? left : right, atB, batch.b);
      all.add(
          new GemmCall(
              swapped ? fb : fa,
              swapped ? fa : fb,
              (int) result.columns(),
              (int) result.rows(),
              (int) inner,
              atC,
              result.leading(),
              batch.c,
              (int) batch.size));
    }
    return all;
  }

  private static boolean isUsable(Matrix matrix) {
    return matrix.isRowMajor() || matrix.transposed().isRowMajor();
  }

  /** A matrix by rows is what cuBLAS wants by columns, without transposing. */
  private static Factor factor(boolean isA, Matrix matrix, long offset, long stride) {
    boolean plain = matrix.isRowMajor();
    int leading = plain ? matrix.leading() : matrix.transposed().leading();
    return new Factor(isA, !plain, offset, leading, stride);
  }

  /** An axis of the batch with its strides. */
  private record Axis(long size, long a, long b, long c) {}

  /** The axes of the batch, from the outermost; those that follow one another are one. */
  private static List<Axis> axes(Layout a, Layout b, Layout c) {
    List<Axis> axes = new ArrayList<>();
    for (int d = 0; d < c.rank() - 2; d++) {
      Axis inner = new Axis(c.size(d), a.stride(d), b.stride(d), c.stride(d));
      if (inner.size == 1) {
        continue;
      }
      if (!axes.isEmpty()) {
        Axis outer = axes.getLast();
        if (outer.a == inner.a * inner.size
            && outer.b == inner.b * inner.size
            && outer.c == inner.c * inner.size) {
          axes.removeLast();
          inner = new Axis(outer.size * inner.size, inner.a, inner.b, inner.c);
        }
      }
      axes.add(inner);
    }
    return axes;
  }
}
