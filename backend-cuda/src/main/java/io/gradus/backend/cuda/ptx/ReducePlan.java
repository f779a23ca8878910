package io.gradus.backend.cuda.ptx;

import io.gradus.backend.cuda.plan.Argument;
import io.gradus.backend.cuda.plan.Plan;
import io.gradus.backend.cuda.plan.PtxSource;
import io.gradus.backend.cuda.plan.Step;
import io.gradus.tensor.dtype.ComputeType;
import io.gradus.tensor.dtype.DType;
import io.gradus.tensor.kernel.Kernel;
import io.gradus.tensor.kernel.Operand;
import io.gradus.tensor.layout.Shape;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Launches for {@link Kernel.Reduce}: one, or two where few results need many elements. */
final class ReducePlan {
  private ReducePlan() {}

  static Plan of(Kernel.Reduce k, Sources sources) {
    if (k.out().layout().numel() == 0) {
      return Plan.of();
    }
    Lowered lowered = Lowered.of(k.prologue());
    Shape shape = k.in()[0].layout().shape();
    RowWalk walk =
        RowWalk.of(shape, k.axes(), List.of(k.in()), List.of(k.out()), !lowered.hasIndex());
    long groups = walk.kept().count();
    long length = walk.reduced().count();
    Geometry geometry = Geometry.of(groups, length, walk.alongRows());
    long chunk = geometry.chunk(groups, length);
    long chunks = Math.max(1, Math.ceilDiv(length, chunk));
    boolean partial = chunks > 1;
    boolean wide = sources.wide(walk.isWide());
    List<DType> in = Arrays.stream(k.in()).map(Operand::dtype).toList();
    PtxSource source =
        sources.get(
            new ReduceSource(
                k.op(),
                k.prologue(),
                in,
                k.out().dtype(),
                walk.kept().rank(),
                walk.reduced().rank(),
                lowered.hasIndex() ? walk.places() : List.of(),
                geometry,
                partial,
                wide),
            ReduceSource::write);

    List<Argument> arguments = new ArrayList<>();
    arguments.add(IndexMath.argument(wide, groups));
    arguments.add(IndexMath.argument(wide, length));
    arguments.add(IndexMath.argument(wide, chunk));
    arguments.add(new Argument.I32((int) chunks));
    walk.arguments(arguments, wide);
    for (Operand operand : k.in()) {
      arguments.add(Addresses.of(operand));
    }
    arguments.add(Addresses.of(k.out()));
    lowered.arguments(arguments, k.params());
    String name = ReduceSource.name(k.op());
    int grid = Grids.each(geometry.blocks(groups) * chunks);
    if (!partial) {
      return Plan.of(Step.Launch.of(source, grid, geometry.block(), arguments, name));
    }
    List<Long> temporaries = new ArrayList<>();
    ComputeType type = k.prologue().outputs().getFirst().type();
    for (RegisterType register : FoldCode.state(k.op(), type)) {
      arguments.add(new Argument.Temporary(temporaries.size(), 0));
      temporaries.add(groups * chunks * register.bytes);
    }
    return new Plan(
        temporaries,
        List.of(
            Step.Launch.of(source, grid, geometry.block(), arguments, name),
            combine(k, walk, chunks, sources, wide)));
  }

  private static Step combine(
      Kernel.Reduce k, RowWalk walk, long chunks, Sources sources, boolean wide) {
    ComputeType type = k.prologue().outputs().getFirst().type();
    Walk kept = walk.kept().of(k.in().length);
    CombineSource source = new CombineSource(k.op(), type, k.out().dtype(), kept.rank(), wide);
    List<Argument> arguments = new ArrayList<>();
    arguments.add(IndexMath.argument(wide, kept.count()));
    arguments.add(IndexMath.argument(wide, chunks));
    WalkCode.arguments(arguments, kept, wide);
    for (int t = 0; t < FoldCode.state(k.op(), type).size(); t++) {
      arguments.add(new Argument.Temporary(t, 0));
    }
    arguments.add(Addresses.of(k.out()));
    return Step.Launch.of(
        sources.get(source, CombineSource::write),
        Grids.each(CombineSource.GEOMETRY.blocks(kept.count())),
        CombineSource.GEOMETRY.block(),
        arguments,
        ReduceSource.name(k.op()));
  }
}
