package io.gradus.backend.cuda.ptx;

import io.gradus.backend.cuda.plan.Argument;
import io.gradus.tensor.dtype.DType;
import io.gradus.tensor.kernel.Expr;
import io.gradus.tensor.kernel.ExprGraph;
import io.gradus.tensor.kernel.Params;
import io.gradus.tensor.kernel.Program;
import io.gradus.tensor.kernel.Recipes;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A program in operations that are instructions or short sequences of them.
 *
 * @param outputs the expressions
 * @param params what stands for per-call numbers, each once: the parameters of the entry
 * @param size the number of nodes, more for those that take many instructions
 * @param hasIndex whether coordinates are asked for
 */
record Lowered(List<Expr> outputs, List<Expr.Param> params, int size, boolean hasIndex) {
  private static final ConcurrentHashMap<Program, Lowered> TABLE = new ConcurrentHashMap<>();

  static Lowered of(Program program) {
    Lowered known = TABLE.get(program);
    return known != null ? known : TABLE.computeIfAbsent(program, p -> of(p.outputs()));
  }

  static Lowered of(List<Expr> outputs) {
    List<Expr> lowered = outputs.stream().map(Lowered::lower).toList();
    List<Expr.Param> params = new ArrayList<>();
    boolean index = false;
    List<Expr> all = ExprGraph.postOrder(lowered);
    int size = all.size();
    for (Expr e : all) {
      switch (e) {
        case Expr.Param p -> params.add(p);
        case Expr.Index i -> index = true;
        case Expr.Input i -> {}
        case Expr.Const c -> {}
        case Expr.Reduced r -> {}
        case Expr.Apply a -> size += extra(a);
        case Expr.Cast c -> {}
      }
    }
    return new Lowered(lowered, List.copyOf(params), size, index);
  }

  /** What an operation takes beyond about one instruction. */
  private static int extra(Expr.Apply e) {
    return switch (e.op()) {
      case POLYGAMMA -> 5000;
      case PHILOX -> 100;
      case FMOD -> e.type().isFloating() ? 50 : 0;
      case POW -> 25;
      default -> 0;
    };
  }

  /** An expression without operations that are defined by others. */
  static Expr lower(Expr root) {
    return ExprGraph.rewrite(List.of(Recipes.lower(root)), Lowered::step).getFirst();
  }

  private static Expr step(Expr e) {
    if (!(e instanceof Expr.Apply x) || !DoubleFormulas.covers(x.op())) {
      return e;
    }
    return switch (x.operandType()) {
      case F64 -> DoubleFormulas.expand(x);
      case F32 -> Expr.cast(DType.F32, DoubleFormulas.expand(widened(x)));
      case I32, I64 -> x;
    };
  }

  /** An {@code f32} function without a recipe is the {@code f64} one, rounded once. */
  private static Expr.Apply widened(Expr.Apply x) {
    Expr a = Expr.cast(DType.F64, x.arg(0));
    Expr wide =
        x.op().arity() == 1
            ? Expr.of(x.op(), a)
            : Expr.of(x.op(), a, Expr.cast(DType.F64, x.arg(1)));
    return (Expr.Apply) wide;
  }

  /** The numbers of a call for the parameters of the entry. */
  void arguments(List<Argument> to, long[] values) {
    for (Expr.Param p : params) {
      long bits = values[p.index()];
      to.add(
          switch (p.type()) {
            case F32 -> new Argument.F32((float) Params.toDouble(bits));
            case F64 -> new Argument.F64(Params.toDouble(bits));
            case I32 -> new Argument.I32((int) bits);
            case I64 -> new Argument.I64(bits);
          });
    }
  }

  /** Declares the parameters of the entry. */
  Map<Expr, Value> parameters(PtxCode code) {
    Map<Expr, Value> declared = new HashMap<>();
    for (Expr.Param p : params) {
      declared.put(p, code.parameter(RegisterType.of(p.type())));
    }
    return declared;
  }

  /** A word for the operation in messages and in the names of entries. */
  static String name(Program program) {
    if (program.outputs().size() == 1) {
      Expr e = program.outputs().getFirst();
      if (e instanceof Expr.Apply x) {
        return x.op().name().toLowerCase(java.util.Locale.ROOT);
      }
      if (e instanceof Expr.Cast) {
        return "cast";
      }
    }
    return "elementwise";
  }
}
