package io.gradus.tck;

import io.gradus.tensor.dtype.ComputeType;
import io.gradus.tensor.dtype.DType;
import io.gradus.tensor.kernel.Expr;
import io.gradus.tensor.kernel.Kernel;
import io.gradus.tensor.kernel.Operand;
import io.gradus.tensor.kernel.Params;
import io.gradus.tensor.kernel.Program;
import io.gradus.tensor.kernel.ScalarOp;
import io.gradus.tensor.layout.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;

/** Matrix products. */
final class ContractCases {
  private ContractCases() {}

  private static final int[][] SIZES = {
    {1, 1, 1},
    {3, 4, 5},
    {17, 33, 9},
    {1, 64, 1},
    {1, 31, 40},
    {40, 31, 1},
    {70, 65, 66},
    {0, 3, 2},
    {2, 0, 3},
    {2, 3, 0}
  };

  static Stream<Case> cases() {
    List<Case> all = new ArrayList<>();
    for (DType dtype :
        List.of(DType.F32, DType.F64, DType.F16, DType.BF16, DType.I32, DType.I64, DType.U8)) {
      String at = "contract/" + dtype + "/";
      for (int[] size : SIZES) {
        String name = at + size[0] + "x" + size[1] + "x" + size[2];
        all.add(new Case(name, t -> plain(t, dtype, size, LayoutKind.DENSE, LayoutKind.DENSE)));
      }
      for (LayoutKind a : LayoutKind.values()) {
        for (LayoutKind b : List.of(LayoutKind.DENSE, LayoutKind.TRANSPOSED, LayoutKind.SINGLE)) {
          all.add(
              new Case(
                  at + "layouts/" + a + "/" + b,
                  t -> plain(t, dtype, new int[] {9, 20, 11}, a, b)));
        }
      }
      all.add(new Case(at + "batch", t -> batched(t, dtype, LayoutKind.DENSE)));
      all.add(new Case(at + "batch-repeated", t -> batched(t, dtype, LayoutKind.ROW_REPEATED)));
      all.add(new Case(at + "alpha-beta", t -> scaled(t, dtype, 2, 3)));
      all.add(new Case(at + "alpha-without-beta", t -> scaled(t, dtype, -1, 0)));
      all.add(new Case(at + "epilogue", t -> epilogue(t, dtype)));
    }
    return all.stream();
  }

  private static void plain(Trial t, DType dtype, int[] mkn, LayoutKind a, LayoutKind b) {
    Part x = t.tame(dtype, Shape.of(mkn[0], mkn[1]), a);
    Part y = t.tame(dtype, Shape.of(mkn[1], mkn[2]), b);
    Part out = unread(t, dtype, Shape.of(mkn[0], mkn[2]));
    agree(t, dtype, mkn[1], x, y, out, 1, 0);
  }

  private static void batched(Trial t, DType dtype, LayoutKind kind) {
    Part x = t.tame(dtype, Shape.of(2, 3, 5, 4), kind);
    Part y = t.tame(dtype, Shape.of(2, 3, 4, 6), LayoutKind.TRANSPOSED);
    agree(t, dtype, 4, x, y, unread(t, dtype, Shape.of(2, 3, 5, 6)), 1, 0);
  }

  private static void scaled(Trial t, DType dtype, double alpha, double beta) {
    Part x = t.tame(dtype, Shape.of(13, 8), LayoutKind.PADDED);
    Part y = t.tame(dtype, Shape.of(8, 10), LayoutKind.TRANSPOSED);
    Part out =
        beta == 0
            ? unread(t, dtype, Shape.of(13, 10))
            : t.tame(dtype, Shape.of(13, 10), LayoutKind.STEPPED);
    agree(t, dtype, 8, x, y, out, alpha, beta);
  }

  /** Filled with NaN, which must not come through. */
  private static Part unread(Trial t, DType dtype, Shape shape) {
    return t.part(dtype, shape, LayoutKind.PADDED, ContractCases::nans);
  }

  private static long[] nans(DType dtype, int n, Random random) {
    long[] values = Values.tame(dtype, n, random);
    if (dtype.isFloating()) {
      java.util.Arrays.fill(values, Values.encode(dtype, Double.NaN));
    }
    return values;
  }

  private static void agree(
      Trial t, DType dtype, int inner, Part x, Part y, Part out, double alpha, double beta) {
    t.agree(
        tolerance(dtype, inner),
        List.of(out),
        place ->
            new Kernel.Contract(
                place.apply(x),
                place.apply(y),
                place.apply(out),
                alpha,
                beta,
                null,
                new Operand[0],
                Params.NONE));
  }

  /** Each of the products is at most 4 in magnitude and rounded at most once an addition. */
  private static Tolerance tolerance(DType dtype, int inner) {
    double unit = Tolerance.epsilon(dtype.compute().dtype());
    return dtype.isFloating()
        ? new Tolerance((inner + 4.0) * 8 * (inner + 2) * unit, 0).storedAs(dtype)
        : Tolerance.EXACT;
  }

  private static void epilogue(Trial t, DType dtype) {
    ComputeType type = dtype.compute();
    Shape shape = Shape.of(7, 18);
    Part x = t.tame(dtype, Shape.of(7, 12), LayoutKind.DENSE);
    Part y = t.tame(dtype, Shape.of(12, 18), LayoutKind.DENSE);
    Part bias = t.tame(dtype, shape, LayoutKind.ROW_REPEATED);
    Part out = unread(t, dtype, shape);
    Program program =
        Program.of(
            List.of(type, type),
            Expr.of(
                ScalarOp.MAX,
                Expr.of(
                    ScalarOp.ADD,
                    Expr.input(0, type),
                    Expr.of(ScalarOp.MUL, Expr.input(1, type), Expr.param(0, type))),
                Expr.constant(type, 0L)));
    t.agree(
        tolerance(dtype, 12),
        List.of(out),
        place ->
            new Kernel.Contract(
                place.apply(x),
                place.apply(y),
                place.apply(out),
                1,
                0,
                program,
                new Operand[] {place.apply(bias)},
                new long[] {type.isFloating() ? Params.of(0.5) : 3}));
  }
}
