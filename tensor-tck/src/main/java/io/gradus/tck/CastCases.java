package io.gradus.tck;

import io.gradus.tensor.dtype.ComputeType;
import io.gradus.tensor.dtype.DType;
import io.gradus.tensor.kernel.Expr;
import io.gradus.tensor.kernel.Kernel;
import io.gradus.tensor.kernel.Operand;
import io.gradus.tensor.kernel.Params;
import io.gradus.tensor.kernel.Program;
import io.gradus.tensor.layout.Shape;
import java.util.List;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/** Conversion between all pairs of dtypes, and what needs no input: constants, params, indices. */
final class CastCases {
  private CastCases() {}

  static Stream<Case> cases() {
    Stream<Case> casts =
        Stream.of(DType.values())
            .flatMap(
                from ->
                    Stream.of(DType.values())
                        .flatMap(
                            to ->
                                Stream.of(LayoutKind.DENSE, LayoutKind.STEPPED)
                                    .map(
                                        kind ->
                                            new Case(
                                                "cast/" + from + "/" + to + "/" + kind,
                                                t -> cast(t, from, to, kind)))));
    Stream<Case> sources =
        Stream.of(ComputeType.values())
            .map(type -> new Case("sources/" + type.dtype(), t -> sources(t, type)));
    return Stream.concat(casts, sources);
  }

  private static void cast(Trial t, DType from, DType to, LayoutKind kind) {
    Program program =
        Program.of(List.of(from.compute()), Expr.cast(to, Expr.input(0, from.compute())));
    Part in =
        t.part(
            from,
            Shape.of(11, 13),
            kind,
            (d, n, random) ->
                LongStream.concat(
                        LongStream.of(Values.special(from)),
                        LongStream.of(Values.mixed(from, n, random)))
                    .limit(n)
                    .toArray());
    Part out = t.tame(to, Shape.of(11, 13), kind);
    t.agree(
        Tolerance.EXACT,
        List.of(out),
        place -> PointwiseCases.kernel(program, List.of(in), List.of(out), place));
  }

  private static void sources(Trial t, ComputeType type) {
    Shape shape = Shape.of(3, 5);
    Expr flat =
        Expr.of(
            io.gradus.tensor.kernel.ScalarOp.ADD,
            Expr.of(
                io.gradus.tensor.kernel.ScalarOp.MUL,
                Expr.index(0),
                Expr.constant(ComputeType.I64, 5L)),
            Expr.index(1));
    Program program =
        Program.of(
            List.of(),
            List.of(
                Expr.constant(type, 3L),
                Expr.param(0, type),
                Expr.cast(type.dtype(), flat),
                Expr.param(1, type)));
    List<Part> out =
        Stream.of(LayoutKind.DENSE, LayoutKind.STEPPED, LayoutKind.TRANSPOSED, LayoutKind.PADDED)
            .map(kind -> t.tame(type.dtype(), shape, kind))
            .toList();
    long[] params =
        type.isFloating()
            ? new long[] {Params.of(0.1), Params.of(-1e30)}
            : new long[] {-7, 1L << 40};
    t.agree(
        Tolerance.EXACT,
        out,
        place ->
            new Kernel.Elementwise(
                program, new Operand[0], out.stream().map(place).toArray(Operand[]::new), params));
  }
}
