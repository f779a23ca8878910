package io.gradus.backend.cuda.ptx;

import io.gradus.backend.cuda.plan.PtxSource;
import java.util.List;

/**
 * The text that sorts pieces of lines in shared memory by a bitonic network (K. E. Batcher,
 * "Sorting networks and their applications", AFIPS 1968), positions deciding between equal keys.
 *
 * <p>Parameters: the length of a line, tiles in a line; the lines of the input; addresses of the
 * keys and positions, line after line.
 *
 * @param tile how many elements a block sorts: a power of two, twice its threads
 */
record TileSortSource(SortKey order, int tile, int rank, boolean wide) {
  static final int SMALLEST = 64;
  static final int LARGEST = 1024;

  PtxSource write() {
    PtxCode code = new PtxCode("gradus_sort_tiles");
    IndexMath math = new IndexMath(code, wide);
    int keyBytes = order.register().bytes;
    Value length = math.parameter();
    Value tiles = code.parameter(RegisterType.B32);
    Lines.Code lines = new Lines.Code(code, math, rank, List.of(order.dtype().byteSize()));
    Value keysOut = code.address();
    Value numbersOut = code.address();
    Value keys = code.shared((long) tile * keyBytes);
    Value numbers = code.shared((long) tile * 4);
    Value thread = IndexMath.special(code, "%tid.x");
    Value id = IndexMath.special(code, "%ctaid.x");
    Value line = code.op(RegisterType.B32, "div.u32", id, tiles);
    Value part = code.op(RegisterType.B32, "rem.u32", id, tiles);
    Value first = math.mul(math.of(part), math.number(tile));
    lines.turnTo(math.of(line));

    for (int half = 0; half < 2; half++) {
      Value place = code.op(RegisterType.B32, "add.s32", thread, Value.of(half * tile / 2));
      Value position = math.add(first, math.of(place));
      Value key = code.copy(order.last());
      PtxCode.Label outside = code.label();
      code.jumpUnless(math.less(position, length), outside);
      Value element = new MemoryCode(code).load(order.dtype(), lines.at(0, position));
      code.move(key, order.of(code, element));
      code.place(outside);
      order.store(code, "shared", shared(code, keys, place, keyBytes), key);
      Value number = wide ? code.op(RegisterType.B32, "cvt.u32.u64", position) : position;
      code.line("st.shared.u32 [" + shared(code, numbers, place, 4) + "], " + number);
    }
    network(code, keys, numbers, thread);

    Value start = math.mul(math.of(line), length);
    for (int half = 0; half < 2; half++) {
      Value place = code.op(RegisterType.B32, "add.s32", thread, Value.of(half * tile / 2));
      Value position = math.add(first, math.of(place));
      PtxCode.Label outside = code.label();
      code.jumpUnless(math.less(position, length), outside);
      Value key = code.fresh(order.register());
      Value number = code.fresh(RegisterType.B32);
      order.load(code, "shared", key, shared(code, keys, place, keyBytes));
      code.line("ld.shared.u32 " + number + ", [" + shared(code, numbers, place, 4) + "]");
      Value to = math.add(start, position);
      order.store(code, "global", math.element(keysOut, to, keyBytes), key);
      code.line("st.global.u32 [" + math.element(numbersOut, to, 4) + "], " + number);
      code.place(outside);
    }
    return code.finish();
  }

  private static Value shared(PtxCode code, Value base, Value place, int bytes) {
    return code.op(RegisterType.B32, "mad.lo.s32", place, Value.of(bytes), base);
  }

  private void network(PtxCode code, Value keys, Value numbers, Value thread) {
    int keyBytes = order.register().bytes;
    Value size = code.copy(Value.of(2));
    PtxCode.Label sizes = code.label();
    PtxCode.Label sorted = code.label();
    code.place(sizes);
    code.jumpIf(code.pred("setp.gt.u32", size, Value.of(tile)), sorted);
    Value distance = code.copy(code.op(RegisterType.B32, "shr.u32", size, Value.of(1)));
    PtxCode.Label distances = code.label();
    PtxCode.Label next = code.label();
    code.place(distances);
    code.jumpIf(code.pred("setp.eq.s32", distance, Value.of(0)), next);
    code.barrier();
    Value mask = code.op(RegisterType.B32, "sub.s32", distance, Value.of(1));
    Value low = code.op(RegisterType.B32, "and.b32", thread, mask);
    Value high = code.op(RegisterType.B32, "sub.s32", thread, low);
    Value i = code.op(RegisterType.B32, "mad.lo.s32", high, Value.of(2), low);
    Value j = code.op(RegisterType.B32, "add.s32", i, distance);
    Value[] keyAt = {shared(code, keys, i, keyBytes), shared(code, keys, j, keyBytes)};
    Value[] numberAt = {shared(code, numbers, i, 4), shared(code, numbers, j, 4)};
    Value[] key = {code.fresh(order.register()), code.fresh(order.register())};
    Value[] number = {code.fresh(RegisterType.B32), code.fresh(RegisterType.B32)};
    for (int k = 0; k < 2; k++) {
      order.load(code, "shared", key[k], keyAt[k]);
      code.line("ld.shared.u32 " + number[k] + ", [" + numberAt[k] + "]");
    }
    Value greater = order.compare(code, "gt", key[0], key[1]);
    Value equal = order.compare(code, "eq", key[0], key[1]);
    Value later = code.pred("setp.gt.u32", number[0], number[1]);
    Value wrong =
        code.op(
            RegisterType.PRED,
            "or.pred",
            greater,
            code.op(RegisterType.PRED, "and.pred", equal, later));
    Value direction = code.op(RegisterType.B32, "and.b32", i, size);
    Value down = code.pred("setp.ne.s32", direction, Value.of(0));
    Value swap = code.op(RegisterType.PRED, "xor.pred", wrong, down);
    PtxCode.Label keep = code.label();
    code.jumpUnless(swap, keep);
    for (int k = 0; k < 2; k++) {
      order.store(code, "shared", keyAt[k], key[1 - k]);
      code.line("st.shared.u32 [" + numberAt[k] + "], " + number[1 - k]);
    }
    code.place(keep);
    code.into(distance, "shr.u32", distance, Value.of(1));
    code.jump(distances);
    code.place(next);
    code.into(size, "shl.b32", size, Value.of(1));
    code.jump(sizes);
    code.place(sorted);
    code.barrier();
  }
}
