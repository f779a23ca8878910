package io.gradus.backend.cpu.reduce;

import io.gradus.tensor.kernel.Expr;
import io.gradus.tensor.kernel.ExprGraph;
import io.gradus.tensor.kernel.Operand;
import io.gradus.tensor.kernel.Program;
import io.gradus.tensor.layout.Layout;
import io.gradus.tensor.layout.Shape;
import org.jspecify.annotations.Nullable;

/**
 * The order of the axes in which a reduction walks through memory: outer kept ones, reduced ones,
 * inner kept ones.
 *
 * @param order the original axis at each place
 * @param outer how many coordinates the outer kept axes have
 * @param reduced how many the reduced axes have
 * @param inner how many the inner kept axes have; 1 where the reduced ones are innermost
 */
record AxisOrder(int[] order, long outer, long reduced, long inner) {
  /**
   * Chooses the order in which the operand that fills most of the shape is read most evenly.
   *
   * @param keepReducedOrder whether positions among the reduced axes matter
   */
  static AxisOrder of(Operand[] in, boolean[] axes, boolean keepReducedOrder) {
    Layout by = in[0].layout();
    for (Operand o : in) {
      if (varying(o.layout()) > varying(by)) {
        by = o.layout();
      }
    }
    AxisOrder known = by.isContiguous() ? inPlace(by, axes) : null;
    return known != null ? known : of(by, axes, keepReducedOrder);
  }

  /**
   * The axes as they are, where that is best: the reduced ones of a row-major operand side by side.
   * Nearly all reductions are such, and for the compiler one loop is less work than five.
   */
  private static @Nullable AxisOrder inPlace(Layout by, boolean[] axes) {
    int[] order = new int[axes.length];
    long outer = 1;
    long reduced = 1;
    long inner = 1;
    for (int d = 0; d < axes.length; d++) {
      long size = by.size(d);
      order[d] = d;
      if (!axes[d]) {
        inner *= size;
      } else if (reduced == 1) {
        outer *= inner;
        inner = 1;
        reduced = size;
      } else if (inner == 1) {
        reduced *= size;
      } else {
        return null;
      }
    }
    return reduced == 1 ? null : new AxisOrder(order, outer, reduced, inner);
  }

  private static AxisOrder of(Layout by, boolean[] axes, boolean keepReducedOrder) {
    int[] all = byStep(by);
    int innerFrom = all.length;
    while (innerFrom > 0 && (!axes[all[innerFrom - 1]] || by.size(all[innerFrom - 1]) == 1)) {
      innerFrom--;
    }
    if (innerFrom == 0) {
      innerFrom = all.length;
    }
    int[] order = new int[all.length];
    int n = 0;
    long outer = 1;
    long inner = 1;
    long reduced = 1;
    for (int i = 0; i < innerFrom; i++) {
      if (!axes[all[i]]) {
        order[n++] = all[i];
        outer *= by.size(all[i]);
      }
    }
    for (int i = 0; i < axes.length; i++) {
      int d = keepReducedOrder ? i : all[i];
      if (axes[d]) {
        order[n++] = d;
        reduced *= by.size(d);
      }
    }
    for (int i = innerFrom; i < all.length; i++) {
      if (!axes[all[i]]) {
        order[n++] = all[i];
        inner *= by.size(all[i]);
      }
    }
    return new AxisOrder(order, outer, reduced, inner);
  }

  /** The axes, those with the longest steps first, else in their order. */
  private static int[] byStep(Layout layout) {
    int[] all = new int[layout.rank()];
    for (int d = 0; d < all.length; d++) {
      int i = d;
      for (; i > 0 && step(layout, all[i - 1]) < step(layout, d); i--) {
        all[i] = all[i - 1];
      }
      all[i] = d;
    }
    return all;
  }

  private static int varying(Layout layout) {
    int n = 0;
    for (int d = 0; d < layout.rank(); d++) {
      n += layout.stride(d) != 0 && layout.size(d) > 1 ? 1 : 0;
    }
    return n;
  }

  /** A repeated axis costs nothing wherever it is; outside it does not cut runs into pieces. */
  private static long step(Layout layout, int d) {
    return layout.stride(d) == 0 || layout.size(d) == 1 ? Long.MAX_VALUE : layout.stride(d);
  }

  Layout apply(Layout layout) {
    if (isIdentity()) {
      return layout;
    }
    long[] sizes = new long[order.length];
    long[] strides = new long[order.length];
    for (int i = 0; i < order.length; i++) {
      sizes[i] = layout.size(order[i]);
      strides[i] = layout.stride(order[i]);
    }
    return Layout.of(Shape.of(sizes), strides, layout.offset());
  }

  /** Renames the axes in expressions. */
  Program apply(Program program) {
    int[] place = new int[order.length];
    for (int i = 0; i < order.length; i++) {
      place[order[i]] = i;
    }
    return isIdentity()
        ? program
        : Program.of(
            program.inputs(),
            ExprGraph.substitute(
                program.outputs(),
                e -> e instanceof Expr.Index x ? Expr.index(place[x.axis()]) : null));
  }

  private boolean isIdentity() {
    for (int i = 0; i < order.length; i++) {
      if (order[i] != i) {
        return false;
      }
    }
    return true;
  }
}
