package io.gradus.backend.cuda.ptx;

import io.gradus.backend.cuda.plan.Argument;
import io.gradus.backend.cuda.plan.DeviceTraits;
import io.gradus.backend.cuda.plan.Plan;
import io.gradus.backend.cuda.plan.PtxSource;
import io.gradus.backend.cuda.plan.Step;
import io.gradus.tensor.dtype.ComputeType;
import io.gradus.tensor.dtype.DType;
import io.gradus.tensor.kernel.Kernel;
import io.gradus.tensor.kernel.Operand;
import io.gradus.tensor.kernel.Program;
import io.gradus.tensor.layout.Layout;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** The launch for {@link Kernel.Contract}. */
final class ContractPlan {
  private ContractPlan() {}

  static Plan of(Kernel.Contract k, DeviceTraits traits, Sources sources) {
    Layout out = k.out().layout();
    if (out.numel() == 0) {
      return Plan.of();
    }
    int rank = out.rank();
    long m = out.size(rank - 2);
    long n = out.size(rank - 1);
    long depth = k.a().layout().size(rank - 1);
    Program epilogue = k.epilogue();
    Lowered lowered = epilogue == null ? null : Lowered.of(epilogue);
    List<Operand> all = new ArrayList<>(List.of(k.a(), k.b(), k.out()));
    all.addAll(List.of(k.operands()));
    Walk batch = batch(all, out, lowered != null && lowered.hasIndex());
    boolean wide = sources.wide(false);
    for (Operand operand : all) {
      Layout layout = operand.layout();
      wide |= layout.end() - layout.offset() > Integer.MAX_VALUE;
      wide |= layout.numel() > Integer.MAX_VALUE;
    }
    ComputeType type = k.out().dtype().compute();
    TileShape shape =
        TileShape.of(
            m,
            n,
            batch.count(),
            k.out().dtype(),
            lowered == null ? 0 : lowered.size(),
            sources.tf32(),
            traits);
    boolean aAlongDepth = isRun(k.a().layout(), rank - 1);
    boolean bAlongDepth = isRun(k.b().layout(), rank - 2);
    boolean hasBeta = k.beta() != 0;
    boolean isPlain = k.alpha() == 1 && !hasBeta;
    List<DType> operands = Arrays.stream(k.operands()).map(Operand::dtype).toList();
    PtxSource source =
        sources.get(
            new ContractSource(
                k.out().dtype(),
                epilogue,
                operands,
                shape,
                lowered != null && lowered.hasIndex() ? rank : 0,
                batch.rank(),
                aAlongDepth,
                bAlongDepth,
                inChunks(shape, k.a(), aAlongDepth ? rank - 1 : rank - 2),
                inChunks(shape, k.b(), bAlongDepth ? rank - 2 : rank - 1),
                isPlain,
                hasBeta,
                wide),
            ContractSource::write);

    List<Argument> arguments = new ArrayList<>();
    arguments.add(IndexMath.argument(wide, m));
    arguments.add(IndexMath.argument(wide, n));
    arguments.add(IndexMath.argument(wide, depth));
    long tiles = shape.tiles(m, n);
    arguments.add(new Argument.I32(Math.toIntExact(tiles)));
    arguments.add(new Argument.I32(Math.toIntExact(Math.ceilDiv(n, shape.columns))));
    WalkCode.arguments(arguments, batch, wide);
    for (Operand operand : all) {
      arguments.add(Addresses.of(operand));
      arguments.add(IndexMath.argument(wide, operand.layout().stride(rank - 2)));
      arguments.add(IndexMath.argument(wide, operand.layout().stride(rank - 1)));
    }
    if (!isPlain) {
      arguments.add(scalar(type, k.alpha()));
    }
    if (hasBeta) {
      arguments.add(scalar(type, k.beta()));
    }
    if (lowered != null) {
      lowered.arguments(arguments, k.params());
    }
    return Plan.of(
        Step.Launch.of(
            source, Grids.each(tiles * batch.count()), TileShape.THREADS, arguments, "matmul"));
  }

  /** The walk over the leading axes. */
  private static Walk batch(List<Operand> operands, Layout out, boolean plain) {
    int axes = out.rank() - 2;
    long[][] strides = new long[operands.size()][];
    for (int i = 0; i < strides.length; i++) {
      strides[i] = Arrays.copyOf(operands.get(i).layout().strides(), axes);
    }
    long[] sizes = Arrays.copyOf(out.shape().toArray(), axes);
    return plain && axes > 0
        ? new Walk(sizes, strides, new int[axes])
        : Walk.merge(sizes, strides, new int[axes]);
  }

  /** Whether neighbours along an axis are the nearest in memory of the last two axes. */
  private static boolean isRun(Layout layout, int axis) {
    int other = 2 * layout.rank() - 3 - axis;
    return layout.stride(axis) <= layout.stride(other);
  }

  private static boolean inChunks(TileShape shape, Operand operand, int axis) {
    boolean halves = shape.onTensorCores() && operand.dtype() != DType.F32;
    return halves && HalfSide.isInChunks(operand.layout(), axis);
  }

  static Argument scalar(ComputeType type, double value) {
    return switch (type) {
      case F32 -> new Argument.F32((float) value);
      case F64 -> new Argument.F64(value);
      case I32 -> new Argument.I32((int) (long) value);
      case I64 -> new Argument.I64((long) value);
    };
  }
}
