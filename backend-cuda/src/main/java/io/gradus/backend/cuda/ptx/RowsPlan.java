package io.gradus.backend.cuda.ptx;

import io.gradus.backend.cuda.plan.Argument;
import io.gradus.backend.cuda.plan.Plan;
import io.gradus.backend.cuda.plan.Step;
import io.gradus.tensor.dtype.DType;
import io.gradus.tensor.kernel.Kernel;
import io.gradus.tensor.kernel.Operand;
import io.gradus.tensor.layout.Shape;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** The launch for {@link Kernel.Rows}. */
final class RowsPlan {
  /** Longer rows are not left to one block if there are few of them. */
  private static final long MAX_LENGTH = 1 << 16;

  private static final long MIN_BLOCKS = 64;

  private RowsPlan() {}

  /** Whether a block a row keeps a device busy; otherwise one reduction a stage is better. */
  static boolean fits(Kernel.Rows k) {
    if (k.in().length == 0) {
      return false;
    }
    RowWalk walk = walk(k, true);
    long rows = walk.kept().count();
    long length = walk.reduced().count();
    return length <= MAX_LENGTH
        || Geometry.of(rows, length, walk.alongRows()).blocks(rows) >= MIN_BLOCKS;
  }

  private static boolean isNarrow(Kernel.Rows k, Operand out) {
    return !out.layout().sameShape(k.in()[0].layout());
  }

  private static RowWalk walk(Kernel.Rows k, boolean merged) {
    List<Operand> full = new ArrayList<>(List.of(k.in()));
    List<Operand> narrow = new ArrayList<>();
    for (Operand out : k.out()) {
      (isNarrow(k, out) ? narrow : full).add(out);
    }
    return RowWalk.of(k.in()[0].layout().shape(), k.axes(), full, narrow, merged);
  }

  static Plan of(Kernel.Rows k, Sources sources) {
    Shape shape = k.in()[0].layout().shape();
    if (shape.numel() == 0 || k.out().length == 0) {
      return Plan.of();
    }
    Lowered lowered = Lowered.of(k.program());
    // The walk and the addresses have full outputs before narrow ones.
    List<Integer> order = new ArrayList<>();
    for (boolean narrow : new boolean[] {false, true}) {
      for (int j = 0; j < k.out().length; j++) {
        if (isNarrow(k, k.out()[j]) == narrow) {
          order.add(j);
        }
      }
    }
    RowWalk walk = walk(k, !lowered.hasIndex());
    long rows = walk.kept().count();
    long length = walk.reduced().count();
    Geometry geometry = Geometry.of(rows, length, walk.alongRows());
    boolean wide = sources.wide(walk.isWide());
    List<DType> in = Arrays.stream(k.in()).map(Operand::dtype).toList();
    RowsSource source =
        new RowsSource(
            k.reductions(),
            k.program(),
            in,
            order.stream().map(j -> k.out()[j].dtype()).toList(),
            order.stream().map(j -> isNarrow(k, k.out()[j])).toList(),
            order,
            walk.kept().rank(),
            walk.reduced().rank(),
            lowered.hasIndex() ? walk.places() : List.of(),
            geometry,
            wide);
    List<Argument> arguments = new ArrayList<>();
    arguments.add(IndexMath.argument(wide, rows));
    arguments.add(IndexMath.argument(wide, length));
    walk.arguments(arguments, wide);
    for (Operand operand : k.in()) {
      arguments.add(Addresses.of(operand));
    }
    for (int j : order) {
      arguments.add(Addresses.of(k.out()[j]));
    }
    lowered.arguments(arguments, k.params());
    return Plan.of(
        Step.Launch.of(
            sources.get(source, RowsSource::write),
            Grids.each(geometry.blocks(rows)),
            geometry.block(),
            arguments,
            "rows"));
  }
}
