package io.gradus.backend.cuda.ptx;

import io.gradus.backend.cuda.plan.PtxSource;
import io.gradus.tensor.dtype.DType;
import io.gradus.tensor.kernel.Expr;
import io.gradus.tensor.kernel.Program;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The text of a pointwise loop.
 *
 * <p>Parameters: the number of steps; with a tail the number of elements; the walk; addresses of
 * outputs, then inputs; the program's params.
 *
 * @param repeated a bit an operand (outputs first) that repeats along the innermost axis; only if
 *     {@code vector} is more than 1
 * @param vector neighbouring elements a step
 * @param tail whether the last few elements do not fill a step; rank 1 only
 * @param wide whether positions take 64 bits
 */
record ElementwiseSource(
    Program program,
    List<DType> out,
    List<DType> in,
    int rank,
    long repeated,
    int vector,
    boolean tail,
    boolean wide) {
  static final int BLOCK = 256;

  PtxSource write() {
    return new Writer(this).write();
  }

  private static final class Writer {
    private final ElementwiseSource key;
    private final Lowered lowered;
    private final PtxCode code;
    private final IndexMath math;
    private final MemoryCode memory;
    private final List<Value> bases = new ArrayList<>();
    private Map<Expr, Value> params = Map.of();

    Writer(ElementwiseSource key) {
      this.key = key;
      this.lowered = Lowered.of(key.program);
      this.code = new PtxCode("gradus_" + Lowered.name(key.program));
      this.math = new IndexMath(code, key.wide);
      this.memory = new MemoryCode(code);
    }

    PtxSource write() {
      Value steps = math.parameter();
      Value elements = key.tail ? math.parameter() : steps;
      int operands = key.out.size() + key.in.size();
      WalkCode walk = new WalkCode(math, key.rank, operands);
      for (int k = 0; k < operands; k++) {
        bases.add(code.address());
      }
      params = lowered.parameters(code);
      Value thread = math.globalThread();
      Value all = math.allThreads();

      Value position = code.copy(thread);
      PtxCode.Label loop = code.label();
      PtxCode.Label end = code.label();
      code.place(loop);
      code.jumpIf(math.atLeast(position, steps), end);
      Value[] at = walk.coordinates(position);
      List<Value> addresses = new ArrayList<>();
      for (int k = 0; k < operands; k++) {
        addresses.add(math.element(bases.get(k), walk.offset(k, at), dtype(k).byteSize()));
      }
      body(addresses, key.vector, at);
      math.addTo(position, all);
      code.jump(loop);
      code.place(end);
      if (key.tail) {
        tail(steps, elements, thread);
      }
      return code.finish();
    }

    private DType dtype(int operand) {
      return operand < key.out.size() ? key.out.get(operand) : key.in.get(operand - key.out.size());
    }

    /** The first threads take an element each of those that do not fill a step. */
    private void tail(Value steps, Value elements, Value thread) {
      PtxCode.Label done = code.label();
      Value position = math.mulAdd(steps, math.number(key.vector), thread);
      code.jumpIf(math.atLeast(position, elements), done);
      List<Value> addresses = new ArrayList<>();
      for (int k = 0; k < bases.size(); k++) {
        addresses.add(
            isRepeated(k)
                ? bases.get(k)
                : math.element(bases.get(k), position, dtype(k).byteSize()));
      }
      body(addresses, 1, new Value[] {position});
      code.place(done);
    }

    private boolean isRepeated(int operand) {
      return (key.repeated >> operand & 1) != 0;
    }

    /** Loads everything, computes, then stores: outputs may be inputs. */
    private void body(List<Value> addresses, int lanes, Value[] at) {
      List<List<Value>> inputs = new ArrayList<>();
      int outputs = key.out.size();
      for (int i = 0; i < key.in.size(); i++) {
        int k = outputs + i;
        int count = isRepeated(k) ? 1 : lanes;
        inputs.add(memory.load(dtype(k), addresses.get(k), count));
      }
      List<List<Value>> results = new ArrayList<>();
      lowered.outputs().forEach(e -> results.add(new ArrayList<>()));
      for (int lane = 0; lane < lanes; lane++) {
        int here = lane;
        ExprCode values = new ExprCode(code, e -> leaf(e, inputs, here, at));
        for (int j = 0; j < outputs; j++) {
          results.get(j).add(values.evaluate(lowered.outputs().get(j)));
        }
      }
      for (int j = 0; j < outputs; j++) {
        memory.store(dtype(j), addresses.get(j), results.get(j));
      }
    }

    private Value leaf(Expr e, List<List<Value>> inputs, int lane, Value[] at) {
      return switch (e) {
        case Expr.Input x -> {
          List<Value> lanes = inputs.get(x.index());
          yield lanes.get(Math.min(lane, lanes.size() - 1));
        }
        case Expr.Index x -> math.toI64(at[x.axis()]);
        case Expr.Param x -> Leaves.of(params, x);
        case Expr.Reduced x -> throw Leaves.unexpected(x);
        case Expr.Const x -> throw Leaves.unexpected(x);
        case Expr.Apply x -> throw Leaves.unexpected(x);
        case Expr.Cast x -> throw Leaves.unexpected(x);
      };
    }
  }
}
