package io.gradus.backend.cuda.ptx;

import io.gradus.backend.cuda.plan.Argument;
import io.gradus.tensor.kernel.Operand;
import io.gradus.tensor.layout.Layout;
import io.gradus.tensor.layout.Shape;
import java.util.ArrayList;
import java.util.List;

/**
 * The axes of a reduction in two parts.
 *
 * @param kept axes of the results, strides of all operands
 * @param reduced axes of the elements of a result, strides of all operands
 * @param alongRows whether elements of a result are nearer to each other than results
 * @param places for each axis its place among those kept (then not negative) or, inverted, among
 *     those reduced; only if axes are not merged
 */
record RowWalk(Walk kept, Walk reduced, boolean alongRows, List<Integer> places) {
  /**
   * The walk over a shape.
   *
   * @param full operands of the whole shape
   * @param narrow operands with 1 at the reduced axes
   * @param merged whether neighbouring axes may be merged
   */
  static RowWalk of(
      Shape shape, boolean[] axes, List<Operand> full, List<Operand> narrow, boolean merged) {
    int rank = shape.rank();
    int[] groups = new int[rank];
    List<Integer> places = new ArrayList<>();
    int keptAxes = 0;
    int reducedAxes = 0;
    for (int d = 0; d < rank; d++) {
      groups[d] = axes[d] ? 1 : 0;
      places.add(axes[d] ? ~reducedAxes++ : keptAxes++);
    }
    long[][] strides = new long[full.size() + narrow.size()][];
    for (int k = 0; k < strides.length; k++) {
      boolean isFull = k < full.size();
      Layout layout = (isFull ? full.get(k) : narrow.get(k - full.size())).layout();
      strides[k] = layout.strides();
      for (int d = 0; d < rank && !isFull; d++) {
        strides[k][d] = axes[d] ? 0 : strides[k][d];
      }
    }
    Walk all =
        merged || rank == 0
            ? Walk.merge(shape.toArray(), strides, groups)
            : new Walk(shape.toArray(), strides, groups);
    return new RowWalk(all.only(0), all.only(1), alongRows(all), List.copyOf(places));
  }

  /** Whether the axis along which the first operand's elements are nearest is a reduced one. */
  private static boolean alongRows(Walk all) {
    long nearest = Long.MAX_VALUE;
    boolean reduced = true;
    for (int d = all.rank() - 1; d >= 0; d--) {
      long step = all.strides()[0][d];
      if (step > 0 && step < nearest && all.sizes()[d] > 1) {
        nearest = step;
        reduced = all.groups()[d] == 1;
      }
    }
    return reduced;
  }

  boolean isWide() {
    if (kept.isWide() || reduced.isWide() || kept.count() * reduced.count() > Integer.MAX_VALUE) {
      return true;
    }
    for (int k = 0; k < kept.strides().length; k++) {
      if (kept.reach(k) + reduced.reach(k) > Integer.MAX_VALUE) {
        return true;
      }
    }
    return false;
  }

  void arguments(List<Argument> to, boolean wide) {
    WalkCode.arguments(to, kept, wide);
    WalkCode.arguments(to, reduced, wide);
  }
}
