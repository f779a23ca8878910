package io.gradus.backend.cuda.ptx;

import io.gradus.backend.cuda.plan.Argument;
import io.gradus.backend.cuda.plan.DeviceTraits;
import io.gradus.backend.cuda.plan.Plan;
import io.gradus.backend.cuda.plan.PtxSource;
import io.gradus.backend.cuda.plan.Step;
import io.gradus.tensor.dtype.DType;
import io.gradus.tensor.kernel.Kernel;
import io.gradus.tensor.kernel.Operand;
import io.gradus.tensor.kernel.ScatterMode;
import io.gradus.tensor.layout.Layout;
import io.gradus.tensor.layout.Shape;
import java.util.ArrayList;
import java.util.List;

/**
 * Launches for {@link Kernel.Scatter} along few long lines, such as the gradient of an embedding:
 * the indices are sorted, then a thread for each target meets its sources in their order.
 */
final class SortedScatterPlan {
  private static final long MIN_LENGTH = 512;
  private static final long MAX_LINES = 1 << 14;
  private static final int BLOCK = 256;

  private SortedScatterPlan() {}

  /** Whether a thread for each line would leave a device idle. */
  static boolean fits(Layout index, int axis) {
    if (index.rank() == 0) {
      return false;
    }
    long length = index.size(axis);
    return length >= MIN_LENGTH && index.numel() / length <= MAX_LINES;
  }

  static Plan of(Kernel.Scatter k, DeviceTraits traits, Sources sources) {
    Layout index = k.index().layout();
    Layout out = k.out().layout();
    Layout source = k.source().layout();
    int axis = k.axis();
    long length = index.size(axis);
    String name = ScatterPlan.name(k.mode());
    long[] sizes = index.shape().toArray();
    long[] distinct = index.shape().toArray();
    for (int d = 0; d < distinct.length; d++) {
      distinct[d] = d != axis && index.stride(d) == 0 ? 1 : distinct[d];
    }
    Operand indices =
        k.index().with(Layout.of(Shape.of(distinct), index.strides(), index.offset()));
    List<Step> sort = new ArrayList<>();
    SortKey key = new SortKey(k.index().dtype(), false);
    // Indices that are in range differ in few bits; those that are not are found before.
    int bits = Math.clamp(Long.SIZE - Long.numberOfLeadingZeros(out.size(axis)), 1, key.endBit());
    SortPlan.Sorted sorted = SortPlan.sort(indices, axis, key, bits, name, sort, traits, sources);

    // Where a line's sorted indices begin: lines that repeat them share them.
    long[] begins = new long[sizes.length];
    long step = length;
    for (int d = sizes.length - 1; d >= 0; d--) {
      begins[d] = d == axis || distinct[d] == 1 ? 0 : step;
      step *= d == axis ? 1 : distinct[d];
    }
    sizes[axis] = 1;
    long[][] strides = {out.strides(), source.strides(), begins};
    Walk lines = Walk.merge(sizes, strides, new int[sizes.length]);
    boolean wide =
        sources.wide(
            lines.isWide()
                || index.numel() > Integer.MAX_VALUE
                || out.end() - out.offset() > Integer.MAX_VALUE
                || source.end() - source.offset() > Integer.MAX_VALUE);

    List<Long> temporaries = new ArrayList<>(sorted.temporaryBytes());
    Argument flag = new Argument.Temporary(temporaries.size(), 0);
    temporaries.add(IndexCheck.FLAG_BYTES);
    long count = lines.count() * length;
    List<Argument> arguments = new ArrayList<>();
    arguments.add(flag);
    arguments.add(IndexMath.argument(wide, count));
    IndexMath.arguments(arguments, wide, lines.count());
    arguments.add(IndexMath.argument(wide, length));
    WalkCode.arguments(arguments, lines, wide);
    arguments.add(Addresses.of(k.out()));
    arguments.add(IndexMath.argument(wide, out.stride(axis)));
    arguments.add(Addresses.of(k.source()));
    arguments.add(IndexMath.argument(wide, source.stride(axis)));
    arguments.add(sorted.keys());
    arguments.add(sorted.numbers());
    PtxSource text =
        sources.get(
            new Source(k.mode(), k.out().dtype(), k.index().dtype(), lines.rank(), wide),
            Source::write);
    List<Step> steps =
        new ArrayList<>(
            IndexCheck.steps(k.index(), axis, out.size(axis), flag, name, traits, sources));
    steps.addAll(sort);
    steps.add(Step.Launch.of(text, Grids.blocks(count, BLOCK, traits), BLOCK, arguments, name));
    return new Plan(temporaries, steps);
  }

  private record Source(ScatterMode mode, DType dtype, DType index, int rank, boolean wide) {
    PtxSource write() {
      PtxCode code = new PtxCode("gradus_scatter_sorted");
      IndexMath math = new IndexMath(code, wide);
      SortKey order = new SortKey(index, false);
      int keyBytes = order.register().bytes;
      PtxCode.Label end = code.label();
      IndexCheck.stopIfBad(code, code.address(), end);
      Value count = math.parameter();
      IndexMath.Divisor lines = math.divisor();
      Value length = math.parameter();
      WalkCode walk = new WalkCode(math, rank, 3);
      Value out = code.address();
      Value outStep = math.parameter();
      Value source = code.address();
      Value sourceStep = math.parameter();
      Value keys = code.address();
      Value numbers = code.address();
      Value position = code.copy(math.globalThread());
      Value all = math.allThreads();
      PtxCode.Label loop = code.label();
      PtxCode.Label next = code.label();
      code.place(loop);
      code.jumpIf(math.atLeast(position, count), end);
      // Neighbouring threads take neighbouring lines.
      IndexMath.Division place = math.divide(position, lines);
      Value[] at = walk.coordinates(place.rest());
      Value begin = walk.offset(2, at);
      Value now = code.copy(place.quotient());
      Value key = loadKey(code, order, math.element(keys, math.add(begin, now), keyBytes));

      // The first one of those with an index works for all of them.
      PtxCode.Label first = code.label();
      code.jumpIf(math.less(now, math.number(1)), first);
      Value before = math.sub(math.add(begin, now), math.number(1));
      Value previous = loadKey(code, order, math.element(keys, before, keyBytes));
      code.jumpIf(order.compare(code, "eq", previous, key), next);
      code.place(first);
      Value number = IndexCheck.position(code, index, order.whole(code, key), wide);
      Value target = math.mulAdd(number, outStep, walk.offset(0, at));
      Value to = math.element(out, target, dtype.byteSize());
      Value line = walk.offset(1, at);
      PtxCode.Label run = code.label();
      code.place(run);
      Value taken = code.fresh(RegisterType.B32);
      Value entry = math.element(numbers, math.add(begin, now), 4);
      code.line("ld.global.u32 " + taken + ", [" + entry + "]");
      Value from =
          math.element(source, math.mulAdd(math.of(taken), sourceStep, line), dtype.byteSize());
      ScatterPlan.meet(code, mode, dtype, to, ScatterPlan.fetch(code, mode, dtype, from));
      math.addTo(now, math.number(1));
      code.jumpIf(math.atLeast(now, length), next);
      Value following = loadKey(code, order, math.element(keys, math.add(begin, now), keyBytes));
      code.jumpIf(order.compare(code, "eq", following, key), run);
      code.place(next);
      math.addTo(position, all);
      code.jump(loop);
      code.place(end);
      return code.finish();
    }

    private static Value loadKey(PtxCode code, SortKey order, Value address) {
      Value key = code.fresh(order.register());
      order.load(code, "global", key, address);
      return key;
    }
  }
}
