package io.gradus.tck;

import io.gradus.tensor.dtype.ComputeType;
import io.gradus.tensor.dtype.DType;
import io.gradus.tensor.kernel.Expr;
import io.gradus.tensor.kernel.Kernel;
import io.gradus.tensor.kernel.Operand;
import io.gradus.tensor.kernel.Params;
import io.gradus.tensor.kernel.Program;
import io.gradus.tensor.kernel.ReduceOp;
import io.gradus.tensor.kernel.ScalarOp;
import io.gradus.tensor.layout.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Chains of reductions and maps over the same axes. */
final class RowsCases {
  private RowsCases() {}

  static Stream<Case> cases() {
    List<Case> all = new ArrayList<>();
    for (DType dtype : List.of(DType.F32, DType.F64, DType.F16)) {
      for (LayoutKind kind : List.of(LayoutKind.DENSE, LayoutKind.TRANSPOSED, LayoutKind.STEPPED)) {
        for (int axes = 0; axes < 8; axes++) {
          boolean[] flags = {(axes & 1) != 0, (axes & 2) != 0, (axes & 4) != 0};
          String at = dtype + "/" + kind + "/axes" + axes;
          all.add(
              new Case(
                  "rows/softmax/" + at,
                  t -> softmax(t, dtype, kind, flags, Shape.of(4, 3, 9), false)));
          all.add(
              new Case(
                  "rows/softmax-in-place/" + at,
                  t -> softmax(t, dtype, kind, flags, Shape.of(4, 3, 9), true)));
          all.add(
              new Case(
                  "rows/variance/" + at, t -> variance(t, dtype, kind, flags, Shape.of(4, 3, 9))));
        }
      }
      boolean[] last = {false, true};
      all.add(
          new Case(
              "rows/softmax-long/" + dtype,
              t -> softmax(t, dtype, LayoutKind.DENSE, last, Shape.of(2, 5003), false)));
      all.add(
          new Case(
              "rows/softmax-no-rows/" + dtype,
              t -> softmax(t, dtype, LayoutKind.DENSE, last, Shape.of(0, 5), false)));
    }
    return all.stream();
  }

  private static void softmax(
      Trial t, DType dtype, LayoutKind kind, boolean[] axes, Shape shape, boolean inPlace) {
    ComputeType type = dtype.compute();
    Expr x = Expr.input(0, type);
    Expr exp = Expr.of(ScalarOp.EXP, Expr.of(ScalarOp.SUB, x, Expr.reduced(0, type)));
    Program program =
        Program.of(
            List.of(type), List.of(x, exp, Expr.of(ScalarOp.DIV, exp, Expr.reduced(1, type))));
    Part in = t.tame(dtype, shape, kind);
    Part out = inPlace ? in : t.tame(dtype, shape, LayoutKind.PADDED);
    run(t, List.of(ReduceOp.MAX, ReduceOp.SUM), program, in, axes, List.of(out));
  }

  /** Two stages, one output with 1 at the reduced axes and one of the full shape. */
  private static void variance(Trial t, DType dtype, LayoutKind kind, boolean[] axes, Shape shape) {
    ComputeType type = dtype.compute();
    long n = shape.numel() / shape.keeping(axes).numel();
    Expr x = Expr.input(0, type);
    Expr count = Expr.constant(type, (double) n);
    Expr mean = Expr.of(ScalarOp.DIV, Expr.reduced(0, type), count);
    Expr centred = Expr.of(ScalarOp.SUB, x, mean);
    Expr square = Expr.of(ScalarOp.MUL, centred, centred);
    Expr variance = Expr.of(ScalarOp.DIV, Expr.reduced(1, type), count);
    Program program = Program.of(List.of(type), List.of(x, square, variance, centred));
    Part in = t.tame(dtype, shape, kind);
    Part narrow = t.tame(dtype, shape.keeping(axes), LayoutKind.SHIFTED);
    Part full = t.tame(dtype, shape, LayoutKind.DENSE);
    run(t, List.of(ReduceOp.SUM, ReduceOp.SUM), program, in, axes, List.of(narrow, full));
  }

  private static void run(
      Trial t, List<ReduceOp> stages, Program program, Part in, boolean[] axes, List<Part> out) {
    Trial.Build build =
        place ->
            new Kernel.Rows(
                stages,
                program,
                new Operand[] {place.apply(in)},
                axes,
                out.stream().map(place).toArray(Operand[]::new),
                Params.NONE);
    double unit = Tolerance.epsilon(in.dtype().compute().dtype());
    Tolerance tolerance = new Tolerance(500 * unit, 500 * unit).storedAs(in.dtype());
    SupportCases.agreeOrRefuse(t, tolerance, out, build);
  }
}
