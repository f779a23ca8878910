package io.gradus.backend.cuda.ptx;

import io.gradus.backend.cuda.plan.PtxSource;

/**
 * The text that counts how often a piece of a line has each digit, a block for each piece.
 *
 * <p>Parameters: those of {@link DigitInput.Code}; the address of the counts, which lie digit after
 * digit, and in a digit piece after piece.
 */
record DigitCountSource(DigitInput input) {
  PtxSource write() {
    PtxCode code = new PtxCode("gradus_sort_count");
    DigitInput.Code in = new DigitInput.Code(code, input);
    IndexMath math = in.math;
    Value counts = code.address();
    Value shared = code.shared(4L * DigitInput.DIGITS);
    Value thread = IndexMath.special(code, "%tid.x");
    Value own = code.op(RegisterType.B32, "mad.lo.s32", thread, Value.of(4), shared);
    code.line("st.shared.u32 [" + own + "], 0");
    code.barrier();
    Value position = code.copy(math.add(in.begin, math.of(thread)));
    PtxCode.Label loop = code.label();
    PtxCode.Label done = code.label();
    code.place(loop);
    code.jumpIf(math.atLeast(position, in.end), done);
    Value digit = in.digit(in.key(position));
    Value counter = code.op(RegisterType.B32, "mad.lo.s32", digit, Value.of(4), shared);
    code.line("red.shared.add.u32 [" + counter + "], 1");
    math.addTo(position, math.number(DigitInput.DIGITS));
    code.jump(loop);
    code.place(done);
    code.barrier();
    Value count = code.fresh(RegisterType.B32);
    code.line("ld.shared.u32 " + count + ", [" + own + "]");
    code.line("st.global.u32 [" + math.element(counts, in.count(thread), 4) + "], " + count);
    return code.finish();
  }
}
