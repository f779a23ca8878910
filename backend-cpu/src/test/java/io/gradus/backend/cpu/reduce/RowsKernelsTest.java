package io.gradus.backend.cpu.reduce;

import io.gradus.backend.cpu.Pair;
import io.gradus.backend.cpu.Pair.Form;
import io.gradus.backend.cpu.Pair.Twin;
import io.gradus.tensor.backend.Lowering;
import io.gradus.tensor.dtype.ComputeType;
import io.gradus.tensor.dtype.DType;
import io.gradus.tensor.kernel.Expr;
import io.gradus.tensor.kernel.Kernel;
import io.gradus.tensor.kernel.Operand;
import io.gradus.tensor.kernel.Params;
import io.gradus.tensor.kernel.Program;
import io.gradus.tensor.kernel.ReduceOp;
import io.gradus.tensor.kernel.ScalarOp;
import io.gradus.tensor.layout.Broadcasting;
import io.gradus.tensor.layout.Shape;
import java.util.List;
import org.junit.jupiter.api.Test;

class RowsKernelsTest {
  private static final ComputeType F = ComputeType.F32;

  /** Softmax, and the logarithm of the sum as an output of the reduced shape. */
  private static Program softmax() {
    Expr x = Expr.input(0, F);
    Expr e = Expr.of(ScalarOp.EXP, Expr.of(ScalarOp.SUB, x, Expr.reduced(0, F)));
    Expr sum = Expr.reduced(1, F);
    return Program.of(
        List.of(F),
        List.of(
            x,
            e,
            Expr.of(ScalarOp.DIV, e, sum),
            Expr.of(ScalarOp.ADD, Expr.of(ScalarOp.LOG, sum), Expr.reduced(0, F))));
  }

  @Test
  void chainsAgreeWithTheReferenceOverAnyAxes() {
    long[][] shapes = {
      {}, {7}, {5, 10}, {300, 12}, {3, 5000}, {2, 3, 40}, {4, 1, 6}, {0, 4}, {2, 9000}
    };
    for (long[] sizes : shapes) {
      for (int mask = 0; mask < 1 << sizes.length; mask++) {
        boolean[] axes = new boolean[sizes.length];
        long[] kept = sizes.clone();
        for (int d = 0; d < axes.length; d++) {
          axes[d] = (mask >> d & 1) != 0;
          kept[d] = axes[d] ? 1 : kept[d];
        }
        if (sizes.length > 0 && sizes[0] == 0 && axes[0]) {
          continue; // nothing has no largest element
        }
        for (boolean lowered : new boolean[] {false, true}) {
          Pair pair = new Pair(mask);
          Twin in = pair.operand(DType.F32, pair.form(false), i -> Math.sin(i * 7), sizes);
          Twin out = pair.operand(DType.F32, pair.form(true), sizes);
          Twin log = pair.operand(DType.F32, pair.form(true), kept);
          pair.check(
              lowered ? k -> Lowering.rows(Pair.CPU, (Kernel.Rows) k) : Pair.CPU::run,
              cpu ->
                  new Kernel.Rows(
                      List.of(ReduceOp.MAX, ReduceOp.SUM),
                      softmax(),
                      new Operand[] {in.on(cpu)},
                      axes,
                      new Operand[] {out.on(cpu), log.on(cpu)},
                      Params.NONE),
              100);
        }
      }
    }
  }

  @Test
  void outputsMayReplaceTheirInput() {
    Pair pair = new Pair(3);
    Twin x = pair.operand(DType.F32, Form.DENSE, i -> Math.cos(i), 300, 33);
    Expr in = Expr.input(0, F);
    Program program =
        Program.of(List.of(F), List.of(in, Expr.of(ScalarOp.SUB, in, Expr.reduced(0, F))));
    pair.check(
        cpu ->
            new Kernel.Rows(
                List.of(ReduceOp.SUM),
                program,
                new Operand[] {x.on(cpu)},
                new boolean[] {false, true},
                new Operand[] {x.on(cpu)},
                Params.NONE),
        100);
  }

  @Test
  void positionsMayBeUsedByLaterStages() {
    Pair pair = new Pair(9);
    Twin x = pair.operand(DType.F64, Form.TRANSPOSED, 6, 20);
    Twin out = pair.operand(DType.I64, Form.DENSE, 6, 1);
    Twin hit = pair.operand(DType.BOOL, Form.DENSE, 6, 20);
    Expr in = Expr.input(0, ComputeType.F64);
    Expr at = Expr.reduced(0, ComputeType.I64);
    Program program =
        Program.of(
            List.of(ComputeType.F64), List.of(in, at, Expr.of(ScalarOp.EQ, Expr.index(1), at)));
    pair.check(
        cpu ->
            new Kernel.Rows(
                List.of(ReduceOp.ARGMAX),
                program,
                new Operand[] {x.on(cpu)},
                new boolean[] {false, true},
                new Operand[] {out.on(cpu), hit.on(cpu)},
                Params.NONE),
        0);
  }

  /** An operand of one element a row, repeated along it. */
  private static Twin perRow(Pair pair, DType dtype, long rows, long length) {
    Twin one = pair.operand(dtype, pair.form(true), i -> Math.cos(i * 3), rows, 1);
    Shape shape = Shape.of(rows, length);
    return new Twin(expanded(one.on(true), shape), expanded(one.on(false), shape));
  }

  private static Operand expanded(Operand o, Shape shape) {
    return o.with(Broadcasting.expand("rows", o.layout(), shape));
  }

  @Test
  void inputsMayBeTheSameAlongARowAndProductsBeSummedWhereverElseTheyAreUsed() {
    Expr x = Expr.input(0, F);
    Expr m = Expr.input(1, F);
    Expr r = Expr.input(2, F);
    Expr d = Expr.of(ScalarOp.SUB, m, x);
    Expr used = Expr.of(ScalarOp.MUL, x, d);
    Expr sums = Expr.of(ScalarOp.ADD, Expr.reduced(0, F), Expr.reduced(1, F));
    Program program =
        Program.of(
            List.of(F, F, F),
            List.of(
                Expr.of(ScalarOp.MUL, x, m),
                Expr.of(ScalarOp.MUL, d, d),
                used,
                Expr.of(
                    ScalarOp.ADD,
                    Expr.of(ScalarOp.MUL, d, r),
                    Expr.of(ScalarOp.ADD, used, Expr.reduced(2, F))),
                Expr.of(ScalarOp.SUB, r, sums),
                sums));
    for (long[] sizes : new long[][] {{6, 1}, {6, 40}, {90, 33}, {3, 700}, {70, 64}, {2, 9000}}) {
      for (DType narrow : new DType[] {DType.F32, DType.F16}) {
        Pair pair = new Pair((int) sizes[1]);
        Twin in = pair.operand(DType.F32, pair.form(false), i -> Math.sin(i * 7), sizes);
        Twin mean = perRow(pair, narrow, sizes[0], sizes[1]);
        Twin factor = perRow(pair, narrow, sizes[0], sizes[1]);
        Twin out = pair.operand(DType.F32, pair.form(true), sizes);
        Twin spread = pair.operand(DType.F32, pair.form(true), sizes);
        Twin sum = pair.operand(DType.F32, pair.form(true), sizes[0], 1);
        pair.check(
            cpu ->
                new Kernel.Rows(
                    List.of(ReduceOp.SUM, ReduceOp.SUM, ReduceOp.SUM),
                    program,
                    new Operand[] {in.on(cpu), mean.on(cpu), factor.on(cpu)},
                    new boolean[] {false, true},
                    new Operand[] {out.on(cpu), spread.on(cpu), sum.on(cpu)},
                    Params.NONE),
            1000);
      }
    }
  }
}
