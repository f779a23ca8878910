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

/** Reductions over every subset of axes, of every dtype. */
final class ReduceCases {
  private ReduceCases() {}

  private static final List<LayoutKind> KINDS =
      List.of(
          LayoutKind.DENSE,
          LayoutKind.TRANSPOSED,
          LayoutKind.STEPPED,
          LayoutKind.PADDED,
          LayoutKind.ROW_REPEATED,
          LayoutKind.COLUMN_REPEATED);

  static Stream<Case> cases() {
    List<Case> all = new ArrayList<>();
    for (ReduceOp op : ReduceOp.values()) {
      for (DType dtype : DType.values()) {
        String at = "reduce/" + op + "/" + dtype + "/";
        for (LayoutKind kind : dtype.isNarrow() ? List.of(LayoutKind.STEPPED) : KINDS) {
          for (int axes = 0; axes < 8; axes++) {
            add(all, at + kind + "/", op, dtype, kind, axes, Shape.of(3, 5, 7));
          }
        }
        add(all, at + "zero-dim/", op, dtype, LayoutKind.DENSE, 0, Shape.SCALAR);
        add(all, at + "no-results/", op, dtype, LayoutKind.DENSE, 1, Shape.of(4, 0));
        if (hasEmptyResult(op)) {
          add(all, at + "empty/", op, dtype, LayoutKind.DENSE, 1, Shape.of(0, 4));
          add(all, at + "empty-all/", op, dtype, LayoutKind.DENSE, 3, Shape.of(0, 4));
        }
        if (!dtype.isNarrow() && op != ReduceOp.PROD) {
          add(all, at + "long/", op, dtype, LayoutKind.SHIFTED, 1, Shape.of(10007));
          add(all, at + "long-rows/", op, dtype, LayoutKind.DENSE, 2, Shape.of(3, 5003));
          add(all, at + "long-columns/", op, dtype, LayoutKind.DENSE, 1, Shape.of(5003, 3));
        }
      }
    }
    return all.stream();
  }

  private static boolean hasEmptyResult(ReduceOp op) {
    return switch (op) {
      case SUM, PROD, ANY, ALL -> true;
      case MIN, MAX, ARGMIN, ARGMAX -> false;
    };
  }

  private static void add(
      List<Case> to, String at, ReduceOp op, DType dtype, LayoutKind kind, int axes, Shape shape) {
    boolean[] flags = new boolean[shape.rank()];
    for (int d = 0; d < flags.length; d++) {
      flags[d] = (axes >> d & 1) != 0;
    }
    for (String contents : List.of("tame", "ties", "special")) {
      boolean isWild = contents.equals("special");
      if (isWild && dtype.isFloating() && op == ReduceOp.PROD) {
        continue; // whether 1e38 * 1e38 * 1e-38 overflows depends on the order
      }
      to.add(
          new Case(
              at + "axes" + axes + "/" + contents,
              t -> reduce(t, op, dtype, kind, flags, shape, contents)));
    }
  }

  private static void reduce(
      Trial t,
      ReduceOp op,
      DType dtype,
      LayoutKind kind,
      boolean[] axes,
      Shape shape,
      String contents) {
    Part in =
        t.part(
            dtype,
            shape,
            kind,
            (d, n, random) ->
                switch (contents) {
                  case "tame" -> Values.tame(d, n, random);
                  case "ties" ->
                      random.ints(n, -1, 2).mapToLong(x -> Values.encode(d, x)).toArray();
                  default ->
                      op == ReduceOp.SUM && d.isFloating()
                          ? withFewNonFinite(d, n, random)
                          : Values.mixed(d, n, random);
                });
    DType sumType = dtype.isFloating() ? dtype : DType.I64;
    DType result =
        switch (op) {
          case SUM, PROD -> sumType;
          case MIN, MAX -> dtype;
          case ARGMIN, ARGMAX -> DType.I64;
          case ANY, ALL -> DType.BOOL;
        };
    Expr x = Expr.input(0, dtype.compute());
    Program prologue =
        Program.of(
            List.of(dtype.compute()),
            op == ReduceOp.SUM || op == ReduceOp.PROD ? Expr.cast(sumType, x) : x);
    Part out = t.tame(result, shape.keeping(axes), LayoutKind.SHIFTED);
    long n = shape.numel() / Math.max(1, out.layout().numel());
    t.agree(
        tolerance(op, dtype, n),
        List.of(out),
        place ->
            new Kernel.Reduce(
                op,
                prologue,
                new Operand[] {place.apply(in)},
                axes,
                place.apply(out),
                Params.NONE));
  }

  private static long[] withFewNonFinite(DType dtype, int n, java.util.Random random) {
    long[] values = Values.tame(dtype, n, random);
    values[random.nextInt(n)] = Values.encode(dtype, Double.POSITIVE_INFINITY);
    if (random.nextBoolean()) {
      values[random.nextInt(n)] = Values.encode(dtype, Double.NaN);
    }
    return values;
  }

  /**
   * The stated bound: a term of magnitude at most 2 passes through at most 520 additions in the
   * compute type (a block of 4096 in 8 lanes, then the lanes), each wrong by half a unit of a
   * partial sum.
   */
  private static Tolerance tolerance(ReduceOp op, DType dtype, long n) {
    if (!dtype.isFloating() || op != ReduceOp.SUM && op != ReduceOp.PROD) {
      return Tolerance.EXACT;
    }
    double unit = Tolerance.epsilon(dtype.compute().dtype()) / 2;
    Tolerance computed =
        op == ReduceOp.SUM
            ? new Tolerance(Math.min(n, 520) * unit * 2 * n, 0)
            : new Tolerance(1e-300, 2 * n * unit);
    return computed.storedAs(dtype);
  }

  static Stream<Case> prologues() {
    return Stream.of(ComputeType.F32, ComputeType.F64)
        .map(
            type ->
                new Case(
                    "prologue/" + type.dtype(),
                    t -> {
                      Shape shape = Shape.of(6, 37);
                      Part a = t.tame(type.dtype(), shape, LayoutKind.TRANSPOSED);
                      Part b = t.tame(type.dtype(), shape, LayoutKind.ROW_REPEATED);
                      Part out = t.tame(type.dtype(), Shape.of(6, 1), LayoutKind.DENSE);
                      Program product =
                          Program.of(
                              List.of(type, type),
                              Expr.of(
                                  ScalarOp.MUL,
                                  Expr.of(ScalarOp.MUL, Expr.input(0, type), Expr.input(1, type)),
                                  Expr.param(0, type)));
                      t.agree(
                          new Tolerance(400 * 37 * Tolerance.epsilon(type.dtype()), 0),
                          List.of(out),
                          place ->
                              new Kernel.Reduce(
                                  ReduceOp.SUM,
                                  product,
                                  new Operand[] {place.apply(a), place.apply(b)},
                                  new boolean[] {false, true},
                                  place.apply(out),
                                  new long[] {Params.of(0.75)}));
                    }));
  }
}
