package io.gradus.tck;

import io.gradus.tensor.dtype.ComputeType;
import io.gradus.tensor.dtype.DType;
import io.gradus.tensor.kernel.Expr;
import io.gradus.tensor.kernel.Kernel;
import io.gradus.tensor.kernel.Operand;
import io.gradus.tensor.kernel.Params;
import io.gradus.tensor.kernel.Program;
import io.gradus.tensor.kernel.Recipes;
import io.gradus.tensor.kernel.ScalarOp;
import io.gradus.tensor.layout.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/** Every scalar operation in every type it takes, over every kind of layout. */
final class PointwiseCases {
  private PointwiseCases() {}

  static Stream<Case> layouts() {
    return operations()
        .flatMap(
            s ->
                Arrangement.ALL.stream()
                    .filter(a -> s.isFull() || a.isBasic())
                    .filter(a -> !a.isLarge() || s.isForLarge())
                    .filter(a -> a.inPlace() < 0 || s.canRunInPlace(a.inPlace()))
                    .map(a -> new Case("pointwise/" + s + "/" + a.name(), t -> arranged(t, s, a))));
  }

  static Stream<Case> special() {
    return operations()
        .filter(Signature::isFull)
        .map(s -> new Case("special/" + s, t -> table(t, s)));
  }

  /** An operation with the dtypes of its operands. */
  record Signature(ScalarOp op, DType dtype) {
    DType argument(int k) {
      return op.signature() == ScalarOp.Signature.WHERE && k == 0
          ? dtype.compute().isFloating() ? DType.BOOL : DType.I32
          : dtype;
    }

    DType result() {
      return switch (op.signature()) {
        case SAME, FLOAT, INT, WHERE -> dtype;
        case COMPARE -> DType.BOOL;
        case TO_BITS -> dtype == DType.F32 ? DType.I32 : DType.I64;
        case FROM_BITS -> dtype == DType.I32 ? DType.F32 : DType.F64;
        case PHILOX -> DType.I32;
      };
    }

    /** Whether this is a type that kernels compute in and not only load from. */
    boolean isFull() {
      return !dtype.isNarrow();
    }

    boolean isForLarge() {
      return op == ScalarOp.ADD || op == ScalarOp.LT || op == ScalarOp.EXP;
    }

    boolean canRunInPlace(int k) {
      return k < op.arity() && argument(k) == result();
    }

    Program program() {
      List<ComputeType> types = new ArrayList<>();
      Expr[] in = new Expr[op.arity()];
      for (int k = 0; k < in.length; k++) {
        types.add(argument(k).compute());
        in[k] = Expr.input(k, types.get(k));
      }
      return Program.of(
          types,
          in.length == 1
              ? Expr.of(op, in[0])
              : in.length == 2 ? Expr.of(op, in[0], in[1]) : Expr.of(op, in[0], in[1], in[2]));
    }

    /** The same bits where the meaning is IEEE 754 or a recipe; f64 functions may differ a bit. */
    Tolerance tolerance() {
      return dtype != DType.F64
              || op.compareTo(ScalarOp.EXP) < 0 && op != ScalarOp.POW
              || Recipes.expand(op, ComputeType.F64) != null
          ? Tolerance.EXACT
          : new Tolerance(1e-14, 64 * 0x1p-53);
    }

    /** Replaces what an operation is never asked for by 1. */
    long[] allowed(int k, long[] values) {
      boolean divisor =
          k == 1 && !dtype.isFloating() && (op == ScalarOp.IDIV || op == ScalarOp.FMOD);
      boolean sign = k == 1 && op == ScalarOp.COPYSIGN;
      boolean order = k == 0 && op == ScalarOp.POLYGAMMA;
      long one = Values.encode(dtype, 1);
      return LongStream.of(values)
          .map(
              v -> {
                double x = Values.decode(dtype, v);
                // The sign of a NaN is not defined.
                return divisor && v == 0 || sign && Double.isNaN(x)
                    ? one
                    : order
                        ? Values.encode(dtype, Math.abs(x) < 4 ? Math.rint(Math.abs(x)) : 1)
                        : v;
              })
          .toArray();
    }

    long[] draw(int k, int n, Random random) {
      return allowed(k, Values.mixed(argument(k), n, random));
    }

    @Override
    public String toString() {
      return op + "/" + dtype;
    }
  }

  static Stream<Signature> operations() {
    return Stream.of(ScalarOp.values())
        .flatMap(op -> Stream.of(DType.values()).map(d -> new Signature(op, d)))
        .filter(s -> takes(s.op, s.dtype));
  }

  private static boolean takes(ScalarOp op, DType dtype) {
    return switch (op.signature()) {
      case SAME, COMPARE, WHERE -> true;
      case FLOAT -> dtype.isFloating();
      case INT -> !dtype.isFloating();
      case TO_BITS -> dtype == DType.F32 || dtype == DType.F64;
      case FROM_BITS -> dtype == DType.I32 || dtype == DType.I64;
      case PHILOX -> dtype == DType.I64;
    };
  }

  private static void arranged(Trial t, Signature s, Arrangement a) {
    List<Part> in = new ArrayList<>();
    for (int k = 0; k < s.op.arity(); k++) {
      int arg = k;
      in.add(
          t.part(
              s.argument(k),
              a.shape(),
              a.inputs().get(k),
              (d, n, random) -> s.draw(arg, n, random)));
    }
    Part out = a.inPlace() >= 0 ? in.get(a.inPlace()) : t.tame(s.result(), a.shape(), a.output());
    t.agree(s.tolerance(), List.of(out), place -> kernel(s.program(), in, List.of(out), place));
  }

  static Kernel kernel(
      Program program,
      List<Part> in,
      List<Part> out,
      java.util.function.Function<Part, Operand> place) {
    return new Kernel.Elementwise(
        program,
        in.stream().map(place).toArray(Operand[]::new),
        out.stream().map(place).toArray(Operand[]::new),
        Params.NONE);
  }

  /** All pairs (or a cube of fewer) of special numbers. */
  private static void table(Trial t, Signature s) {
    int arity = s.op.arity();
    List<long[]> axes = new ArrayList<>();
    for (int k = 0; k < arity; k++) {
      long[] all = Values.special(s.argument(k));
      axes.add(s.allowed(k, arity < 3 ? all : LongStream.of(all).limit(17).toArray()));
    }
    int n = axes.stream().mapToInt(x -> x.length).reduce(1, (x, y) -> x * y);
    List<Part> in = new ArrayList<>();
    int step = 1;
    for (int k = 0; k < arity; k++) {
      long[] axis = axes.get(k);
      long[] column = new long[n];
      for (int i = 0; i < n; i++) {
        column[i] = axis[i / step % axis.length];
      }
      step *= axis.length;
      in.add(t.listed(s.argument(k), column));
    }
    Part out = t.tame(s.result(), Shape.of(n), LayoutKind.DENSE);
    t.agree(s.tolerance(), List.of(out), place -> kernel(s.program(), in, List.of(out), place));
  }
}
