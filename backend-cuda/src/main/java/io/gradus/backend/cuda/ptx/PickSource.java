package io.gradus.backend.cuda.ptx;

import io.gradus.backend.cuda.plan.PtxSource;
import java.util.ArrayList;
import java.util.List;

/**
 * The text that fetches sorted elements by their positions.
 *
 * <p>Parameters: the number of results, those of a line, the length of a line; the lines of the
 * input, the values and the indices; the address of the positions.
 *
 * @param bytes of an element
 */
record PickSource(int bytes, boolean values, boolean indices, int rank, boolean wide) {
  PtxSource write() {
    PtxCode code = new PtxCode("gradus_sort_pick");
    IndexMath math = new IndexMath(code, wide);
    Value count = math.parameter();
    IndexMath.Divisor kept = math.divisor();
    Value length = math.parameter();
    List<Integer> sizes = new ArrayList<>(List.of(bytes));
    if (values) {
      sizes.add(bytes);
    }
    if (indices) {
      sizes.add(8);
    }
    Lines.Code lines = new Lines.Code(code, math, rank, sizes);
    Value numbers = code.address();
    Value at = code.copy(math.globalThread());
    Value all = math.allThreads();
    PtxCode.Label loop = code.label();
    PtxCode.Label end = code.label();
    code.place(loop);
    code.jumpIf(math.atLeast(at, count), end);
    IndexMath.Division place = math.divide(at, kept);
    lines.turnTo(place.quotient());
    Value from = math.mulAdd(place.quotient(), length, place.rest());
    Value number = code.fresh(RegisterType.B32);
    code.line("ld.global.u32 " + number + ", [" + math.element(numbers, from, 4) + "]");
    if (values) {
      RawMemory.copy(code, bytes, lines.at(0, math.of(number)), lines.at(1, place.rest()));
    }
    if (indices) {
      Value wideNumber = code.op(RegisterType.B64, "cvt.u64.u32", number);
      Value to = lines.at(sizes.size() - 1, place.rest());
      code.line("st.global.u64 [" + to + "], " + wideNumber);
    }
    math.addTo(at, all);
    code.jump(loop);
    code.place(end);
    return code.finish();
  }
}
