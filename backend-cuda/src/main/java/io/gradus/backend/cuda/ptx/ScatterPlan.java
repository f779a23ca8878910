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
import io.gradus.tensor.kernel.ScalarOp;
import io.gradus.tensor.kernel.ScatterMode;
import io.gradus.tensor.layout.Layout;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Launches for {@link Kernel.Scatter}: a check of the indices, then a thread for each line along
 * the axis, which meets its sources in order. No two lines share a target, so that nothing depends
 * on the order of threads.
 */
final class ScatterPlan {
  private static final int BLOCK = 128;

  /** Sources on their way at a time. */
  private static final int LANES = 4;

  private ScatterPlan() {}

  static Plan of(Kernel.Scatter k, DeviceTraits traits, Sources sources) {
    Layout index = k.index().layout();
    if (index.numel() == 0) {
      return Plan.of();
    }
    Layout out = k.out().layout();
    boolean scalar = index.rank() == 0;
    long size = scalar ? 1 : out.size(k.axis());
    Operand[] operands = {k.out(), k.index(), k.source()};
    long[] sizes = index.shape().toArray();
    long length = scalar ? 1 : sizes[k.axis()];
    long[][] strides = new long[operands.length][];
    long[] along = new long[operands.length];
    boolean far = false;
    for (int i = 0; i < operands.length; i++) {
      Layout layout = operands[i].layout();
      strides[i] = layout.strides();
      along[i] = scalar ? 0 : strides[i][k.axis()];
      far |= layout.end() - layout.offset() > Integer.MAX_VALUE;
    }
    if (!scalar) {
      sizes[k.axis()] = 1;
    }
    if (SortedScatterPlan.fits(index, k.axis())) {
      return SortedScatterPlan.of(k, traits, sources);
    }
    Walk lines = Walk.merge(sizes, strides, new int[sizes.length]);
    boolean wide = sources.wide(far || lines.isWide() || length > Integer.MAX_VALUE);
    String name = name(k.mode());

    Argument flag = new Argument.Temporary(0, 0);
    List<Argument> arguments = new ArrayList<>();
    arguments.add(flag);
    arguments.add(IndexMath.argument(wide, lines.count()));
    arguments.add(IndexMath.argument(wide, length));
    WalkCode.arguments(arguments, lines, wide);
    for (int i = 0; i < operands.length; i++) {
      arguments.add(Addresses.of(operands[i]));
      arguments.add(IndexMath.argument(wide, along[i]));
    }
    PtxSource source =
        sources.get(
            new Source(k.mode(), k.out().dtype(), k.index().dtype(), lines.rank(), wide),
            Source::write);
    List<Step> steps =
        new ArrayList<>(IndexCheck.steps(k.index(), k.axis(), size, flag, name, traits, sources));
    steps.add(
        Step.Launch.of(source, Grids.blocks(lines.count(), BLOCK, traits), BLOCK, arguments, name));
    return new Plan(List.of(IndexCheck.FLAG_BYTES), steps);
  }

  static String name(ScatterMode mode) {
    return "scatter_" + mode.name().toLowerCase(Locale.ROOT);
  }

  /** What a mode does with the old value and the source; SET has none. */
  static ScalarOp op(ScatterMode mode) {
    return switch (mode) {
      case ADD -> ScalarOp.ADD;
      case MUL -> ScalarOp.MUL;
      case MIN -> ScalarOp.MIN;
      case MAX -> ScalarOp.MAX;
      case SET -> throw new IllegalArgumentException("SET combines nothing");
    };
  }

  /** A source on its way: its value, or for SET where it is. */
  static Value fetch(PtxCode code, ScatterMode mode, DType dtype, Value from) {
    return mode == ScatterMode.SET ? from : new MemoryCode(code).load(dtype, from);
  }

  /** Combines what is at an address with a source and stores it, rounded, there. */
  static void meet(PtxCode code, ScatterMode mode, DType dtype, Value to, Value source) {
    if (mode == ScatterMode.SET) {
      RawMemory.copy(code, dtype.byteSize(), source, to);
      return;
    }
    MemoryCode memory = new MemoryCode(code);
    ComputeType type = dtype.compute();
    Value old = memory.load(dtype, to);
    RegisterType register = RegisterType.of(type);
    memory.store(
        dtype,
        to,
        type.isFloating()
            ? new FloatCode(code, register).apply(op(mode), old, source, source)
            : new IntegerCode(code, register).apply(op(mode), old, source));
  }

  private record Source(ScatterMode mode, DType dtype, DType index, int rank, boolean wide) {
    PtxSource write() {
      PtxCode code = new PtxCode("gradus_scatter");
      IndexMath math = new IndexMath(code, wide);
      PtxCode.Label end = code.label();
      IndexCheck.stopIfBad(code, code.address(), end);
      Value count = math.parameter();
      Value length = math.parameter();
      WalkCode walk = new WalkCode(math, rank, 3);
      Value[] bases = new Value[3];
      Value[] along = new Value[3];
      for (int i = 0; i < 3; i++) {
        bases[i] = code.address();
        along[i] = math.parameter();
      }
      Value line = code.copy(math.globalThread());
      Value all = math.allThreads();
      PtxCode.Label loop = code.label();
      code.place(loop);
      code.jumpIf(math.atLeast(line, count), end);
      Value[] at = walk.coordinates(line);
      Value[] first = new Value[3];
      for (int i = 0; i < 3; i++) {
        int bytes = i == 1 ? index.byteSize() : dtype.byteSize();
        first[i] = math.element(bases[i], walk.offset(i, at), bytes);
      }
      Value step = code.copy(math.number(0));
      alongLine(code, math, first, along, length, step, LANES);
      alongLine(code, math, first, along, length, step, 1);
      math.addTo(line, all);
      code.jump(loop);
      code.place(end);
      return code.finish();
    }

    /** Several sources at a time are fetched before the first of them is combined. */
    private void alongLine(
        PtxCode code,
        IndexMath math,
        Value[] first,
        Value[] along,
        Value length,
        Value step,
        int lanes) {
      PtxCode.Label loop = code.label();
      PtxCode.Label next = code.label();
      code.place(loop);
      Value last = lanes == 1 ? step : math.add(step, math.number(lanes - 1));
      code.jumpIf(math.atLeast(last, length), next);
      List<Value> targets = new ArrayList<>();
      List<Value> values = new ArrayList<>();
      for (int lane = 0; lane < lanes; lane++) {
        Value at = lane == 0 ? step : math.add(step, math.number(lane));
        Value place = math.element(first[1], math.mul(at, along[1]), index.byteSize());
        Value loaded = new MemoryCode(code).load(index, place);
        Value number = IndexCheck.position(code, index, loaded, wide);
        targets.add(math.element(first[0], math.mul(number, along[0]), dtype.byteSize()));
        Value from = math.element(first[2], math.mul(at, along[2]), dtype.byteSize());
        values.add(fetch(code, mode, dtype, from));
      }
      for (int lane = 0; lane < lanes; lane++) {
        meet(code, mode, dtype, targets.get(lane), values.get(lane));
      }
      math.addTo(step, math.number(lanes));
      code.jump(loop);
      code.place(next);
    }
  }
}
