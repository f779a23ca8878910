package io.gradus.backend.cuda.ptx;

import io.gradus.backend.cuda.plan.PtxSource;
import io.gradus.tensor.dtype.ComputeType;
import io.gradus.tensor.dtype.DType;
import io.gradus.tensor.kernel.ReduceOp;
import java.util.List;

/**
 * The text that brings the chunks of a reduction together, a warp for each result.
 *
 * <p>Parameters: the number of results, chunks of a result; the walk over results of the output;
 * the addresses of the states; the address of the output.
 */
record CombineSource(ReduceOp op, ComputeType type, DType out, int rank, boolean wide) {
  static final Geometry GEOMETRY = Geometry.WARP;

  PtxSource write() {
    PtxCode code = new PtxCode("gradus_combine_" + ReduceSource.name(op));
    IndexMath math = new IndexMath(code, wide);
    Value groups = math.parameter();
    Value chunks = math.parameter();
    WalkCode walk = new WalkCode(math, rank, 1);
    List<RegisterType> registers = FoldCode.state(op, type);
    List<Value> states = registers.stream().map(r -> code.address()).toList();
    Value output = code.address();
    GroupCode block = new GroupCode(code, GEOMETRY, GroupCode.bytes(registers));
    FoldCode fold = new FoldCode(code, op, type);

    Value id = math.of(IndexMath.special(code, "%ctaid.x"));
    Value group = math.mulAdd(id, math.number(GEOMETRY.groups), math.of(block.group));
    Value inside = math.less(group, groups);
    Value at = math.min(group, math.sub(groups, math.number(1)));
    Value begin = math.mul(at, chunks);
    Value[] state = fold.start();
    block.loop(
        math,
        math.of(block.thread),
        chunks,
        1,
        positions -> {
          Value[] other = new Value[state.length];
          for (int k = 0; k < state.length; k++) {
            RegisterType type = state[k].type();
            Value number = math.add(begin, positions.getFirst());
            Value from = math.element(states.get(k), number, type.bytes);
            other[k] = code.fresh(type);
            code.line("ld.global." + type.name + " " + other[k] + ", [" + from + "]");
          }
          fold.merge(state, other);
        });
    block.merge(fold, state);

    PtxCode.Label skip = code.label();
    Value first = code.pred("setp.eq.s32", block.thread, Value.of(0));
    code.jumpUnless(code.op(RegisterType.PRED, "and.pred", first, inside), skip);
    Value to = math.element(output, walk.offset(0, walk.coordinates(at)), out.byteSize());
    Value result = new CastCode(code).cast(out, FoldCode.resultType(op, type), fold.result(state));
    new MemoryCode(code).store(out, to, result);
    code.place(skip);
    return code.finish();
  }
}
