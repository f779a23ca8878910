package io.gradus.backend.cuda.ptx;

import io.gradus.backend.cuda.plan.Argument;
import io.gradus.backend.cuda.plan.DeviceTraits;
import io.gradus.backend.cuda.plan.Plan;
import io.gradus.backend.cuda.plan.PtxSource;
import io.gradus.backend.cuda.plan.Step;
import io.gradus.tensor.kernel.Kernel;
import io.gradus.tensor.kernel.Operand;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The launch for {@link Kernel.Scan}. */
final class ScanPlan {
  /** So many lines keep a device busy with a thread each. */
  private static final long MANY = 1 << 14;

  /** Shorter lines are not worth a block. */
  private static final long SHORT = 64;

  private ScanPlan() {}

  static Plan of(Kernel.Scan k, DeviceTraits traits, Sources sources) {
    if (k.out().layout().numel() == 0) {
      return Plan.of();
    }
    List<Operand> operands = new ArrayList<>(List.of(k.in(), k.out()));
    Operand indices = k.indices();
    if (indices != null) {
      operands.add(indices);
    }
    Lines lines = Lines.of(operands, k.axis(), sources);
    long length = Lines.length(k.in(), k.axis());
    boolean block = length > SHORT && lines.count() < MANY;
    PtxSource source =
        sources.get(
            new ScanSource(
                k.op(),
                k.in().dtype(),
                k.out().dtype(),
                indices != null,
                block,
                lines.walk().rank(),
                lines.wide()),
            ScanSource::write);
    List<Argument> arguments = new ArrayList<>();
    arguments.add(IndexMath.argument(lines.wide(), lines.count()));
    arguments.add(IndexMath.argument(lines.wide(), length));
    lines.arguments(arguments);
    int grid =
        block ? Grids.each(lines.count()) : Grids.blocks(lines.count(), ScanSource.BLOCK, traits);
    return Plan.of(
        Step.Launch.of(
            source,
            grid,
            ScanSource.BLOCK,
            arguments,
            "cum" + k.op().name().toLowerCase(Locale.ROOT)));
  }
}
