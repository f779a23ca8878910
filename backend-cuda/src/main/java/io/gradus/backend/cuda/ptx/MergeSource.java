package io.gradus.backend.cuda.ptx;

import io.gradus.backend.cuda.plan.PtxSource;
import io.gradus.tensor.dtype.ComputeType;

/**
 * The text that merges neighbouring sorted runs of lines: each element finds by bisection how many
 * of the other run come before it.
 *
 * <p>Parameters: the number of elements, the length of a line, the length of a run; addresses of
 * keys and positions, before and after.
 */
record MergeSource(ComputeType type, boolean wide) {
  PtxSource write() {
    PtxCode code = new PtxCode("gradus_sort_merge");
    IndexMath math = new IndexMath(code, wide);
    SortKey order = new SortKey(type.dtype(), false);
    int bytes = order.register().bytes;
    Value count = math.parameter();
    IndexMath.Divisor length = math.divisor();
    IndexMath.Divisor run = math.divisor();
    Value keys = code.address();
    Value numbers = code.address();
    Value keysOut = code.address();
    Value numbersOut = code.address();
    Value at = code.copy(math.globalThread());
    Value all = math.allThreads();
    PtxCode.Label loop = code.label();
    PtxCode.Label end = code.label();
    code.place(loop);
    code.jumpIf(math.atLeast(at, count), end);
    Value key = code.fresh(order.register());
    Value number = code.fresh(RegisterType.B32);
    order.load(code, "global", key, math.element(keys, at, bytes));
    code.line("ld.global.u32 " + number + ", [" + math.element(numbers, at, 4) + "]");

    Value position = math.divide(at, length).rest();
    Value line = math.sub(at, position);
    IndexMath.Division place = math.divide(position, run);
    // The runs of a pair: an even one and the next.
    Value two = math.number(1);
    Value odd = code.op(math.type(), wide ? "and.b64" : "and.b32", place.quotient(), two);
    Value isOdd = code.pred(wide ? "setp.ne.s64" : "setp.ne.s32", odd, math.number(0));
    Value own = math.sub(position, place.rest());
    Value other = code.select(isOdd, math.sub(own, run.size()), math.add(own, run.size()));
    Value low = code.copy(math.min(other, length.size()));
    Value high = code.copy(math.min(math.add(other, run.size()), length.size()));
    Value first = code.copy(low);
    PtxCode.Label search = code.label();
    PtxCode.Label found = code.label();
    PtxCode.Label after = code.label();
    code.place(search);
    code.jumpIf(math.atLeast(low, high), found);
    Value sum = math.add(low, high);
    Value middle = code.op(math.type(), wide ? "shr.u64" : "shr.u32", sum, Value.of(1));
    Value probe = code.fresh(order.register());
    order.load(code, "global", probe, math.element(keys, math.add(line, middle), bytes));
    // Equal elements of an earlier run come first, those of a later one do not.
    Value less = order.compare(code, "lt", probe, key);
    Value equal = order.compare(code, "eq", probe, key);
    Value counted = code.op(RegisterType.PRED, "and.pred", equal, isOdd);
    Value before = code.op(RegisterType.PRED, "or.pred", less, counted);
    code.jumpUnless(before, after);
    code.move(low, math.add(middle, math.number(1)));
    code.jump(search);
    code.place(after);
    code.move(high, middle);
    code.jump(search);
    code.place(found);
    Value pair = code.select(isOdd, other, own);
    Value target = math.add(math.add(pair, place.rest()), math.sub(low, first));
    Value to = math.add(line, target);
    order.store(code, "global", math.element(keysOut, to, bytes), key);
    code.line("st.global.u32 [" + math.element(numbersOut, to, 4) + "], " + number);
    math.addTo(at, all);
    code.jump(loop);
    code.place(end);
    return code.finish();
  }
}
