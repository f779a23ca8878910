package io.gradus.backend.cuda.ptx;

import io.gradus.backend.cuda.plan.PtxSource;
import io.gradus.tensor.dtype.ComputeType;
import io.gradus.tensor.dtype.DType;
import io.gradus.tensor.kernel.Program;
import io.gradus.tensor.kernel.ReduceOp;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * The text of a reduction, or of its first part.
 *
 * <p>Parameters: the number of results, elements of a result, elements of a chunk, chunks of a
 * result; both walks; addresses of the inputs and the output; the program's params; in the first
 * part of two the addresses of the states.
 *
 * @param places see {@link RowWalk}; empty where nobody asks for coordinates
 * @param partial whether each chunk leaves its state in memory, for {@link CombineSource}
 */
record ReduceSource(
    ReduceOp op,
    Program prologue,
    List<DType> in,
    DType out,
    int keptRank,
    int reducedRank,
    List<Integer> places,
    Geometry geometry,
    boolean partial,
    boolean wide) {
  /** Programs of more nodes are not written out several times. */
  private static final int MAX_UNROLLED_SIZE = 60;

  static int lanes(Lowered lowered) {
    return lowered.size() <= MAX_UNROLLED_SIZE ? 4 : 1;
  }

  static String name(ReduceOp op) {
    return op.name().toLowerCase(Locale.ROOT);
  }

  PtxSource write() {
    PtxCode code = new PtxCode("gradus_" + name(op));
    IndexMath math = new IndexMath(code, wide);
    Lowered lowered = Lowered.of(prologue);
    ComputeType type = prologue.outputs().getFirst().type();
    Value groups = math.parameter();
    Value length = math.parameter();
    Value chunk = math.parameter();
    Value chunks = code.parameter(RegisterType.B32);
    List<DType> dtypes = new ArrayList<>(in);
    dtypes.add(out);
    RowCode row = new RowCode(code, math, keptRank, reducedRank, dtypes, places, lowered);
    List<RegisterType> registers = FoldCode.state(op, type);
    List<Value> states = new ArrayList<>();
    for (int k = 0; k < registers.size() && partial; k++) {
      states.add(code.address());
    }
    GroupCode block = new GroupCode(code, geometry, GroupCode.bytes(registers));
    FoldCode fold = new FoldCode(code, op, type);

    Value id = IndexMath.special(code, "%ctaid.x");
    Value blockOfGroups = code.op(RegisterType.B32, "div.u32", id, chunks);
    Value product = code.op(RegisterType.B32, "mul.lo.s32", blockOfGroups, chunks);
    Value part = code.op(RegisterType.B32, "sub.s32", id, product);
    Value group =
        math.mulAdd(math.of(blockOfGroups), math.number(geometry.groups), math.of(block.group));
    Value inside = math.less(group, groups);
    // Threads beyond the last result go along with it, for the barriers' sake.
    Value at = math.min(group, math.sub(groups, math.number(1)));
    row.turnTo(at);

    Value[] state = fold.start();
    Value begin = math.mul(math.of(part), chunk);
    Value end = math.min(math.add(begin, chunk), length);
    block.loop(
        math,
        math.add(begin, math.of(block.thread)),
        end,
        lanes(lowered),
        positions -> {
          for (Value position : positions) {
            RowCode.Element element = row.at(position, Map.of());
            Value value = element.values.evaluate(lowered.outputs().getFirst());
            fold.take(state, value, element.position());
          }
        });
    block.merge(fold, state);

    PtxCode.Label skip = code.label();
    Value first = code.pred("setp.eq.s32", block.thread, Value.of(0));
    code.jumpUnless(code.op(RegisterType.PRED, "and.pred", first, inside), skip);
    if (partial) {
      Value number = math.mulAdd(at, math.of(chunks), math.of(part));
      for (int k = 0; k < state.length; k++) {
        Value to = math.element(states.get(k), number, state[k].type().bytes);
        code.line("st.global." + state[k].type().name + " [" + to + "], " + state[k]);
      }
    } else {
      store(code, fold.result(state), type, row.narrow(in.size()));
    }
    code.place(skip);
    return code.finish();
  }

  private void store(PtxCode code, Value result, ComputeType type, Value to) {
    new MemoryCode(code)
        .store(out, to, new CastCode(code).cast(out, FoldCode.resultType(op, type), result));
  }
}
