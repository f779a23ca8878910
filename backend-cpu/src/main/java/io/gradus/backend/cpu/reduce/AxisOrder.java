package io.gradus.backend.cpu.reduce;

import io.gradus.tensor.kernel.Expr;
import io.gradus.tensor.kernel.ExprGraph;
import io.gradus.tensor.kernel.Operand;
import io.gradus.tensor.kernel.Program;
import io.gradus.tensor.layout.Layout;
import io.gradus.tensor.layout.Shape;
import java.util.stream.IntStream;

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
    Layout main = in[0].layout();
    for (Operand o : in) {
      if (varying(o.layout()) > varying(main)) {
        main = o.layout();
      }
    }
    Layout by = main;
    int[] all =
        IntStream.range(0, axes.length)
            .boxed()
            .sorted((x, y) -> Long.compare(step(by, y), step(by, x)))
            .mapToInt(i -> i)
            .toArray();
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
    int[] reducedAxes =
        (keepReducedOrder ? IntStream.range(0, axes.length) : IntStream.of(all))
            .filter(d -> axes[d])
            .toArray();
    for (int d : reducedAxes) {
      order[n++] = d;
      reduced *= by.size(d);
    }
    for (int i = innerFrom; i < all.length; i++) {
      if (!axes[all[i]]) {
        order[n++] = all[i];
        inner *= by.size(all[i]);
      }
    }
    return new AxisOrder(order, outer, reduced, inner);
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
    boolean same = true;
    for (int i = 0; i < order.length; i++) {
      place[order[i]] = i;
      same &= order[i] == i;
    }
    return same
        ? program
        : Program.of(
            program.inputs(),
            ExprGraph.substitute(
                program.outputs(),
                e -> e instanceof Expr.Index x ? Expr.index(place[x.axis()]) : null));
  }
}
