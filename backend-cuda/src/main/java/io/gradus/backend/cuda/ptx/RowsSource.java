package io.gradus.backend.cuda.ptx;

import io.gradus.backend.cuda.plan.PtxSource;
import io.gradus.tensor.dtype.ComputeType;
import io.gradus.tensor.dtype.DType;
import io.gradus.tensor.kernel.Expr;
import io.gradus.tensor.kernel.Program;
import io.gradus.tensor.kernel.ReduceOp;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The text of a chain of reductions and maps, one group of threads a row.
 *
 * <p>Parameters: the number of rows, elements of a row; both walks; addresses of the inputs, then
 * the outputs; the program's params.
 *
 * @param out full outputs first
 * @param narrow a flag an output that has one element a row
 * @param order which output of the kernel each output here is
 * @param places see {@link RowWalk}; empty where nobody asks for coordinates
 */
record RowsSource(
    List<ReduceOp> reductions,
    Program program,
    List<DType> in,
    List<DType> out,
    List<Boolean> narrow,
    List<Integer> order,
    int keptRank,
    int reducedRank,
    List<Integer> places,
    Geometry geometry,
    boolean wide) {

  PtxSource write() {
    return new Writer(this).write();
  }

  private static final class Writer {
    private final RowsSource key;
    private final Lowered lowered;
    private final PtxCode code;
    private final IndexMath math;
    private final MemoryCode memory;
    private final Map<Expr, Value> stages = new HashMap<>();

    Writer(RowsSource key) {
      this.key = key;
      this.lowered = Lowered.of(key.program);
      this.code = new PtxCode("gradus_rows");
      this.math = new IndexMath(code, key.wide);
      this.memory = new MemoryCode(code);
    }

    private ComputeType type(int output) {
      return key.program.outputs().get(output).type();
    }

    PtxSource write() {
      Value rows = math.parameter();
      Value length = math.parameter();
      List<DType> dtypes = new ArrayList<>(key.in);
      dtypes.addAll(key.out);
      RowCode row =
          new RowCode(code, math, key.keptRank, key.reducedRank, dtypes, key.places, lowered);
      int count = key.reductions.size();
      int bytes = 0;
      for (int s = 0; s < count; s++) {
        List<RegisterType> state = FoldCode.state(key.reductions.get(s), type(s));
        bytes = Math.max(bytes, GroupCode.bytes(state));
      }
      GroupCode block = new GroupCode(code, key.geometry, bytes);
      Value id = math.of(IndexMath.special(code, "%ctaid.x"));
      Value number = math.mulAdd(id, math.number(key.geometry.groups), math.of(block.group));
      Value inside = math.less(number, rows);
      // Threads beyond the last row go along with it, for the barriers' sake.
      row.turnTo(math.min(number, math.sub(rows, math.number(1))));
      int lanes = ReduceSource.lanes(lowered);
      for (int s = 0; s < count; s++) {
        stage(s, row, block, length, lanes);
      }
      narrowOutputs(row, block, inside);
      fullOutputs(row, block, inside, length, lanes);
      return code.finish();
    }

    private void stage(int s, RowCode row, GroupCode block, Value length, int lanes) {
      ReduceOp op = key.reductions.get(s);
      FoldCode fold = new FoldCode(code, op, type(s));
      Value[] state = fold.start();
      Expr e = lowered.outputs().get(s);
      block.loop(
          math,
          math.of(block.thread),
          length,
          lanes,
          positions -> {
            for (Value position : positions) {
              RowCode.Element element = row.at(position, stages);
              fold.take(state, element.values.evaluate(e), element.position());
            }
          });
      block.merge(fold, state);
      Value result = fold.result(block.share(state));
      stages.put(Expr.reduced(s, FoldCode.resultType(op, type(s))), result);
    }

    /** One thread writes them, before anything of the row that it reads can be overwritten. */
    private void narrowOutputs(RowCode row, GroupCode block, Value inside) {
      if (!key.narrow.contains(true)) {
        return;
      }
      PtxCode.Label skip = code.label();
      Value first = code.pred("setp.eq.s32", block.thread, Value.of(0));
      code.jumpUnless(code.op(RegisterType.PRED, "and.pred", first, inside), skip);
      RowCode.Element element = row.at(math.number(0), stages);
      List<Value> results = new ArrayList<>();
      for (int j = 0; j < key.out.size(); j++) {
        if (key.narrow.get(j)) {
          results.add(element.values.evaluate(output(j)));
        }
      }
      for (int j = 0, at = 0; j < key.out.size(); j++) {
        if (key.narrow.get(j)) {
          memory.store(key.out.get(j), row.narrow(key.in.size() + j), results.get(at++));
        }
      }
      code.place(skip);
      code.barrier();
    }

    private Expr output(int j) {
      return lowered.outputs().get(key.reductions.size() + key.order.get(j));
    }

    private void fullOutputs(RowCode row, GroupCode block, Value inside, Value length, int lanes) {
      if (!key.narrow.contains(false)) {
        return;
      }
      PtxCode.Label skip = code.label();
      code.jumpUnless(inside, skip);
      block.loop(
          math,
          math.of(block.thread),
          length,
          lanes,
          positions -> {
            List<Runnable> stores = new ArrayList<>();
            for (Value position : positions) {
              RowCode.Element element = row.at(position, stages);
              for (int j = 0; j < key.out.size(); j++) {
                if (!key.narrow.get(j)) {
                  DType dtype = key.out.get(j);
                  int operand = key.in.size() + j;
                  Value value = element.values.evaluate(output(j));
                  stores.add(() -> memory.store(dtype, element.address(operand), value));
                }
              }
            }
            stores.forEach(Runnable::run);
          });
      code.place(skip);
    }
  }
}
