package io.gradus.backend.cuda.ptx;

import io.gradus.backend.cuda.plan.Argument;
import io.gradus.backend.cuda.plan.DeviceTraits;
import io.gradus.backend.cuda.plan.FaultRecord;
import io.gradus.backend.cuda.plan.PtxSource;
import io.gradus.backend.cuda.plan.Step;
import io.gradus.tensor.dtype.DType;
import io.gradus.tensor.kernel.Operand;
import io.gradus.tensor.layout.Layout;
import java.util.ArrayList;
import java.util.List;

/**
 * Launches that look at all indices before anything is written.
 *
 * <p>A bad index leaves word in the fault record and a flag in memory of the plan, which the launch
 * that follows sees and changes nothing.
 */
final class IndexCheck {
  /** The flag's bytes; a temporary of the plan. */
  static final long FLAG_BYTES = 4;

  private IndexCheck() {}

  /** Clears the flag, then checks. */
  static List<Step> steps(
      Operand index,
      int axis,
      long size,
      Argument flag,
      String operation,
      DeviceTraits traits,
      Sources sources) {
    Walk walk = distinct(index.layout());
    boolean wide = sources.wide(walk.isWide());
    List<Argument> arguments = new ArrayList<>();
    arguments.add(IndexMath.argument(wide, walk.count()));
    WalkCode.arguments(arguments, walk, wide);
    arguments.add(Addresses.of(index));
    arguments.add(new Argument.I64(size));
    arguments.add(new Argument.I64(axis));
    arguments.add(flag);
    arguments.add(new Argument.Faults());
    arguments.add(new Argument.FaultTicket());
    PtxSource source = sources.get(new Source(index.dtype(), walk.rank(), wide), Source::write);
    int blocks = Grids.blocks(walk.count(), 256, traits);
    return List.of(
        new Step.Fill(flag, (byte) 0, FLAG_BYTES, operation),
        Step.Launch.of(source, blocks, 256, arguments, operation));
  }

  /** The elements of the index without repetitions. */
  private static Walk distinct(Layout layout) {
    long[] sizes = layout.shape().toArray();
    long[] strides = layout.strides();
    for (int d = 0; d < sizes.length; d++) {
      sizes[d] = strides[d] == 0 ? 1 : sizes[d];
    }
    return Walk.merge(sizes, new long[][] {strides}, new int[sizes.length]);
  }

  /** Leaves the usual way in a launch that comes after the check if there was a bad index. */
  static void stopIfBad(PtxCode code, Value flag, PtxCode.Label end) {
    Value bad = code.fresh(RegisterType.B32);
    code.line("ld.global.u32 " + bad + ", [" + flag + "]");
    code.jumpIf(code.pred("setp.ne.s32", bad, Value.of(0)), end);
  }

  private record Source(DType index, int rank, boolean wide) {
    PtxSource write() {
      PtxCode code = new PtxCode("gradus_check_index");
      IndexMath math = new IndexMath(code, wide);
      Value count = math.parameter();
      WalkCode walk = new WalkCode(math, rank, 1);
      Value base = code.address();
      Value size = code.parameter(RegisterType.B64);
      Value axis = code.parameter(RegisterType.B64);
      Value flag = code.address();
      Value faults = code.address();
      Value ticket = code.parameter(RegisterType.B32);
      Value position = code.copy(math.globalThread());
      Value all = math.allThreads();
      PtxCode.Label loop = code.label();
      PtxCode.Label next = code.label();
      PtxCode.Label end = code.label();
      code.place(loop);
      code.jumpIf(math.atLeast(position, count), end);
      Value at = math.element(base, walk.offset(0, walk.coordinates(position)), index.byteSize());
      Value value = widened(code, index, new MemoryCode(code).load(index, at));
      // As an unsigned number a negative index is large.
      code.jumpIf(code.pred("setp.lt.u64", value, size), next);
      code.line("st.global.u32 [" + flag + "], 1");
      Value before = code.fresh(RegisterType.B32);
      code.line("atom.global.cas.b32 %s, [%s], 0, %d".formatted(before, faults, FaultRecord.INDEX));
      code.jumpIf(code.pred("setp.ne.s32", before, Value.of(0)), next);
      put(code, "u32", faults, FaultRecord.TICKET, ticket);
      put(code, "u64", faults, FaultRecord.VALUE, value);
      put(code, "u64", faults, FaultRecord.SIZE, size);
      put(code, "u64", faults, FaultRecord.AXIS, axis);
      code.place(next);
      math.addTo(position, all);
      code.jump(loop);
      code.place(end);
      return code.finish();
    }

    private static void put(PtxCode code, String type, Value record, int offset, Value value) {
      code.line("st.global.%s [%s+%d], %s".formatted(type, record, offset, value));
    }
  }

  /** An index as 64 bits. */
  static Value widened(PtxCode code, DType dtype, Value index) {
    return dtype == DType.I64 ? index : code.op(RegisterType.B64, "cvt.s64.s32", index);
  }

  /** A checked index in the width of positions. */
  static Value position(PtxCode code, DType dtype, Value index, boolean wide) {
    return wide
        ? widened(code, dtype, index)
        : dtype == DType.I64 ? code.op(RegisterType.B32, "cvt.u32.u64", index) : index;
  }
}
