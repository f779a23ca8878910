package io.gradus.backend.cpu.elementwise;

import io.gradus.backend.cpu.CpuStorage;
import io.gradus.backend.cpu.Workers;
import io.gradus.backend.cpu.hot.HotLoop;
import io.gradus.backend.cpu.lanes.Lanes;
import io.gradus.tensor.backend.Device;
import io.gradus.tensor.dtype.ComputeType;
import io.gradus.tensor.dtype.DType;
import io.gradus.tensor.kernel.Expr;
import io.gradus.tensor.kernel.ExprGraph;
import io.gradus.tensor.kernel.Operand;
import io.gradus.tensor.kernel.Params;
import io.gradus.tensor.kernel.Program;
import io.gradus.tensor.kernel.ScalarOp;
import io.gradus.tensor.layout.Layout;
import org.jspecify.annotations.Nullable;

/**
 * A program as linear code over tiles, with what is known of it before it meets operands.
 *
 * <p>A program of one instruction on contiguous {@code f32} or {@code f64} operands runs straight
 * on their arrays: see {@link #runLean(Operand, Operand)}.
 */
public final class TileProgram {
  /** The place of compiled programs for the CPU. */
  public static final int SLOT = Device.newSlot();

  /** Elements a chunk of a parallel loop, by whether the program calls costly functions. */
  private static final int CHEAP_GRAIN = 4 * Scratch.TILE;

  private static final int COSTLY_GRAIN = 2 * Scratch.TILE;

  final TileCode code;
  final int grain;

  /** What it becomes if it stays hot, if it can. */
  final @Nullable HotLoop hot;

  /** The operation of a program of one instruction on one type, or null. */
  private final @Nullable ScalarOp single;

  private final DType singleType;
  private final int first;
  private final int second;

  /** The number that is the second argument of a program of one instruction, if it is one. */
  private final @Nullable Expr number;

  private TileProgram(Program program) {
    this.code = new TileCode(program);
    this.grain = code.isCostly() ? COSTLY_GRAIN : CHEAP_GRAIN;
    this.hot =
        HotLoop.of(
            ExprGraph.rewrite(program.outputs(), Idioms::simpler),
            code.inputs,
            code.instructions.length);
    ScalarOp op = null;
    DType type = DType.F32;
    int a = 0;
    int b = 0;
    Expr constant = null;
    if (code.instructions.length == 1 && code.outputs.length == 1 && code.definedAt[0] == 0) {
      TileCode.Instruction i = code.instructions[0];
      ComputeType computed = code.type[i.result()];
      boolean byNumber = code.byNumber[0];
      if (i.op() != null
          && i.op().arity() <= 2
          && computed.isFloating()
          && i.operandType() == computed
          && i.a() < code.inputs
          && (byNumber || i.b() < code.inputs)) {
        op = i.op();
        type = computed.dtype();
        a = i.a();
        b = i.b();
        constant = byNumber ? code.leafExprs[b - code.inputs] : null;
      }
    }
    this.single = op;
    this.singleType = type;
    this.first = a;
    this.second = b;
    this.number = constant;
  }

  /** The compiled form of a program, made once. */
  public static TileProgram of(Program program) {
    if (program.compiled(SLOT) instanceof TileProgram t) {
      return t;
    }
    TileProgram made = new TileProgram(program);
    program.compiled(SLOT, made);
    return made;
  }

  /** Runs a program of one instruction and one input; false, doing nothing, if it is not one. */
  public boolean runLean(Operand x, Operand out) {
    return runLean(x, out, Params.NONE);
  }

  private boolean runLean(Operand x, Operand out, long[] params) {
    ScalarOp op = single;
    if (op == null || !isPlain(x) || !isPlain(out)) {
      return false;
    }
    if (op.arity() == 1) {
      unary(op, x, out);
      return true;
    }
    switch (number) {
      case Expr.Const c -> uniform(op, x, Params.toDouble(c.bits()), out);
      case Expr.Param p -> uniform(op, x, Params.toDouble(params[p.index()]), out);
      case null, default -> {
        return false;
      }
    }
    return true;
  }

  /** Runs a program of one instruction and two inputs; false, doing nothing, if it is not one. */
  public boolean runLean(Operand x, Operand y, Operand out) {
    ScalarOp op = single;
    if (op == null
        || op.arity() != 2
        || number != null
        || !isPlain(x)
        || !isPlain(y)
        || !isPlain(out)) {
      return false;
    }
    binary(op, first == 0 ? x : y, second == 0 ? x : y, out);
    return true;
  }

  boolean runLean(Operand[] in, Operand out, long[] params) {
    return switch (in.length) {
      case 1 ->
          single != null && single.arity() == 2 && number == null
              ? runLean(in[0], in[0], out)
              : runLean(in[0], out, params);
      case 2 -> runLean(in[0], in[1], out);
      default -> false;
    };
  }

  private boolean isPlain(Operand o) {
    return o.dtype() == singleType && o.layout().isContiguous();
  }

  // A method for each type: what is small is compiled into its caller.

  private void unary(ScalarOp op, Operand x, Operand out) {
    Layout l = out.layout();
    long n = l.numel();
    int xo = (int) x.layout().offset();
    int ro = (int) l.offset();
    if (singleType == DType.F32) {
      unary(op, (float[]) CpuStorage.array(x), xo, (float[]) CpuStorage.array(out), ro, n);
    } else {
      unary(op, (double[]) CpuStorage.array(x), xo, (double[]) CpuStorage.array(out), ro, n);
    }
  }

  private void unary(ScalarOp op, float[] a, int ao, float[] r, int ro, long n) {
    if (n <= grain) {
      Lanes.unary(op, a, ao, r, ro, (int) n);
    } else {
      Workers.run(
          n, grain, (s, e) -> Lanes.unary(op, a, ao + (int) s, r, ro + (int) s, (int) (e - s)));
    }
  }

  private void unary(ScalarOp op, double[] a, int ao, double[] r, int ro, long n) {
    Workers.run(
        n, grain, (s, e) -> Lanes.unary(op, a, ao + (int) s, r, ro + (int) s, (int) (e - s)));
  }

  private void binary(ScalarOp op, Operand x, Operand y, Operand out) {
    Object a = CpuStorage.array(x);
    Object b = CpuStorage.array(y);
    Object r = CpuStorage.array(out);
    Layout l = out.layout();
    long n = l.numel();
    int ao = (int) x.layout().offset();
    int bo = (int) y.layout().offset();
    int ro = (int) l.offset();
    if (singleType == DType.F32) {
      binary(op, (float[]) a, ao, (float[]) b, bo, (float[]) r, ro, n);
    } else {
      binary(op, (double[]) a, ao, (double[]) b, bo, (double[]) r, ro, n);
    }
  }

  private void binary(
      ScalarOp op, float[] a, int ao, float[] b, int bo, float[] r, int ro, long n) {
    if (n <= grain) {
      Lanes.binary(op, a, ao, b, bo, r, ro, (int) n);
    } else {
      Workers.run(
          n,
          grain,
          (s, e) ->
              Lanes.binary(op, a, ao + (int) s, b, bo + (int) s, r, ro + (int) s, (int) (e - s)));
    }
  }

  private void binary(
      ScalarOp op, double[] a, int ao, double[] b, int bo, double[] r, int ro, long n) {
    Workers.run(
        n,
        grain,
        (s, e) ->
            Lanes.binary(op, a, ao + (int) s, b, bo + (int) s, r, ro + (int) s, (int) (e - s)));
  }

  private void uniform(ScalarOp op, Operand x, double number, Operand out) {
    Layout l = out.layout();
    long n = l.numel();
    int xo = (int) x.layout().offset();
    int ro = (int) l.offset();
    if (singleType == DType.F32) {
      float[] a = (float[]) CpuStorage.array(x);
      uniform(op, a, xo, (float) number, (float[]) CpuStorage.array(out), ro, n);
    } else {
      double[] a = (double[]) CpuStorage.array(x);
      uniform(op, a, xo, number, (double[]) CpuStorage.array(out), ro, n);
    }
  }

  private void uniform(ScalarOp op, float[] a, int ao, float b, float[] r, int ro, long n) {
    if (n <= grain) {
      Lanes.uniform(op, a, ao, b, r, ro, (int) n);
    } else {
      Workers.run(
          n,
          grain,
          (s, e) -> Lanes.uniform(op, a, ao + (int) s, b, r, ro + (int) s, (int) (e - s)));
    }
  }

  private void uniform(ScalarOp op, double[] a, int ao, double b, double[] r, int ro, long n) {
    Workers.run(
        n, grain, (s, e) -> Lanes.uniform(op, a, ao + (int) s, b, r, ro + (int) s, (int) (e - s)));
  }
}
