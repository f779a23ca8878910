package io.gradus.backend.cuda.ptx;

import io.gradus.backend.cuda.plan.PtxSource;

/**
 * The text that turns counts into how many elements with the same digit are in earlier pieces of
 * the line, a warp for each digit of a line.
 *
 * <p>Parameters: the number of digits of all lines, pieces of a line; addresses of the counts and
 * of the sums over all pieces.
 */
record DigitOffsetsSource(boolean wide) {
  static final int BLOCK = 256;

  /** Digits that a block works on. */
  static final int ROWS = BLOCK / 32;

  PtxSource write() {
    PtxCode code = new PtxCode("gradus_sort_offsets");
    IndexMath math = new IndexMath(code, wide);
    Value rows = math.parameter();
    Value pieces = code.parameter(RegisterType.B32);
    Value counts = code.address();
    Value sums = code.address();
    WarpCode warp = new WarpCode(code);
    PtxCode.Label end = code.label();
    Value block = math.of(IndexMath.special(code, "%ctaid.x"));
    Value row = math.mulAdd(block, math.number(ROWS), math.of(warp.warp));
    code.jumpIf(math.atLeast(row, rows), end);
    Value begin = math.mul(row, math.of(pieces));
    Value before = code.copy(Value.of(0));
    Value first = code.copy(Value.of(0));
    PtxCode.Label loop = code.label();
    PtxCode.Label done = code.label();
    code.place(loop);
    code.jumpIf(code.pred("setp.ge.u32", first, pieces), done);
    Value piece = code.op(RegisterType.B32, "add.s32", first, warp.lane);
    Value inside = code.pred("setp.lt.u32", piece, pieces);
    Value at = math.element(counts, math.add(begin, math.of(piece)), 4);
    Value count = code.copy(Value.of(0));
    code.lineIf(inside, "ld.global.u32 " + count + ", [" + at + "]");
    Value sum = code.op(RegisterType.B32, "add.s32", warp.sum(count), before);
    Value own = code.op(RegisterType.B32, "sub.s32", sum, count);
    code.lineIf(inside, "st.global.u32 [" + at + "], " + own);
    code.move(before, warp.last(sum));
    code.into(first, "add.s32", first, Value.of(32));
    code.jump(loop);
    code.place(done);
    Value isFirst = code.pred("setp.eq.s32", warp.lane, Value.of(0));
    code.lineIf(isFirst, "st.global.u32 [" + math.element(sums, row, 4) + "], " + before);
    code.place(end);
    return code.finish();
  }
}
