package io.gradus.backend.cuda.ptx;

import io.gradus.backend.cuda.plan.PtxSource;
import io.gradus.tensor.dtype.ComputeType;
import io.gradus.tensor.dtype.DType;
import io.gradus.tensor.kernel.ScanOp;
import java.util.ArrayList;
import java.util.List;

/**
 * The text of a running reduction: a thread or a block for each line.
 *
 * <p>Parameters: the number of lines and their length; the lines of the input, the output and the
 * indices.
 *
 * @param located whether there are indices
 * @param block whether a block works on a line
 */
record ScanSource(
    ScanOp op, DType in, DType out, boolean located, boolean block, int rank, boolean wide) {
  static final int BLOCK = 256;

  PtxSource write() {
    return new Writer(this).write();
  }

  private static final class Writer {
    private final ScanSource key;
    private final PtxCode code;
    private final IndexMath math;
    private final MemoryCode memory;
    private final ScanCode scan;
    private final ComputeType type;

    Writer(ScanSource key) {
      this.key = key;
      this.type = key.out.compute();
      this.code = new PtxCode("gradus_scan");
      this.math = new IndexMath(code, key.wide);
      this.memory = new MemoryCode(code);
      this.scan = new ScanCode(code, key.op, type);
    }

    PtxSource write() {
      Value count = math.parameter();
      Value length = math.parameter();
      List<Integer> bytes = new ArrayList<>(List.of(key.in.byteSize(), key.out.byteSize()));
      if (key.located) {
        bytes.add(DType.I64.byteSize());
      }
      Lines.Code lines = new Lines.Code(code, math, key.rank, bytes);
      if (key.block) {
        lines.turnTo(math.of(IndexMath.special(code, "%ctaid.x")));
        byBlock(lines, length);
      } else {
        Value line = code.copy(math.globalThread());
        Value all = math.allThreads();
        PtxCode.Label loop = code.label();
        PtxCode.Label end = code.label();
        code.place(loop);
        code.jumpIf(math.atLeast(line, count), end);
        lines.turnTo(line);
        byThread(lines, length);
        math.addTo(line, all);
        code.jump(loop);
        code.place(end);
      }
      return code.finish();
    }

    private Value[] load(Lines.Code lines, Value position) {
      Value raw = memory.load(key.in, lines.at(0, position));
      Value value = new CastCode(code).cast(key.out, key.in.compute(), raw);
      return scan.single(value, math.toI64(position));
    }

    private void store(Lines.Code lines, Value position, Value[] state) {
      memory.store(key.out, lines.at(1, position), scan.result(state));
      if (key.located) {
        memory.store(DType.I64, lines.at(2, position), state[1]);
      }
    }

    private void byThread(Lines.Code lines, Value length) {
      Value[] state = scan.start();
      Value position = code.copy(math.number(0));
      PtxCode.Label loop = code.label();
      PtxCode.Label done = code.label();
      code.place(loop);
      code.jumpIf(math.atLeast(position, length), done);
      move(state, scan.join(state, load(lines, position)));
      store(lines, position, state);
      math.addTo(position, math.number(1));
      code.jump(loop);
      code.place(done);
    }

    private void move(Value[] to, Value[] from) {
      for (int k = 0; k < to.length; k++) {
        code.move(to[k], from[k]);
      }
    }

    /**
     * In pieces of one element a thread: each piece is joined in steps of doubling distance (W. D.
     * Hillis and G. L. Steele, "Data parallel algorithms", CACM 29, 1986), then with all before it.
     */
    private void byBlock(Lines.Code lines, Value length) {
      List<RegisterType> registers = ScanCode.state(key.op, type);
      SharedStates shared = new SharedStates(code, registers, BLOCK);
      Value thread = IndexMath.special(code, "%tid.x");
      Value[] before = scan.start();
      Value begin = code.copy(math.number(0));
      PtxCode.Label loop = code.label();
      PtxCode.Label done = code.label();
      code.place(loop);
      code.jumpIf(math.atLeast(begin, length), done);
      Value position = math.add(begin, math.of(thread));
      Value inside = math.less(position, length);
      Value[] state = scan.start();
      PtxCode.Label loaded = code.label();
      code.jumpUnless(inside, loaded);
      move(state, load(lines, position));
      code.place(loaded);
      shared.put(thread, state);
      for (int distance = 1; distance < BLOCK; distance *= 2) {
        PtxCode.Label near = code.label();
        PtxCode.Label written = code.label();
        Value far = code.pred("setp.ge.u32", thread, Value.of(distance));
        code.barrier();
        code.jumpUnless(far, near);
        Value from = code.op(RegisterType.B32, "sub.s32", thread, Value.of(distance));
        move(state, scan.join(shared.get(from), state));
        code.place(near);
        code.barrier();
        code.jumpUnless(far, written);
        shared.put(thread, state);
        code.place(written);
      }
      code.barrier();
      PtxCode.Label stored = code.label();
      code.jumpUnless(inside, stored);
      store(lines, position, scan.join(before, state));
      code.place(stored);
      move(before, scan.join(before, shared.get(Value.of(BLOCK - 1))));
      code.barrier();
      math.addTo(begin, math.number(BLOCK));
      code.jump(loop);
      code.place(done);
    }
  }
}
