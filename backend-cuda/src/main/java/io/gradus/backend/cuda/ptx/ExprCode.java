package io.gradus.backend.cuda.ptx;

import io.gradus.tensor.dtype.ComputeType;
import io.gradus.tensor.dtype.DType;
import io.gradus.tensor.kernel.Expr;
import io.gradus.tensor.kernel.ExprGraph;
import io.gradus.tensor.kernel.ScalarOp;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/**
 * Evaluates lowered expressions at one coordinate, every shared subexpression once.
 *
 * <p>Comparisons stay predicates for as long as nobody wants them as numbers.
 */
final class ExprCode {
  private final PtxCode code;
  private final CastCode casts;
  private final Function<Expr, Value> leaves;
  private final Map<Expr, Value> values = new HashMap<>();
  private final Map<Expr, Value> numbers = new HashMap<>();

  /**
   * An evaluation.
   *
   * @param leaves gives inputs, params, indices and earlier reductions
   */
  ExprCode(PtxCode code, Function<Expr, Value> leaves) {
    this.code = code;
    this.casts = new CastCode(code);
    this.leaves = leaves;
  }

  /** The value of an expression in a register or as a literal of its type. */
  Value evaluate(Expr root) {
    List<Expr> order = ExprGraph.postOrder(List.of(root));
    RareParts rare = new RareParts(order);
    for (Expr e : order) {
      if (!values.containsKey(e) && !rare.isInside(e)) {
        List<Expr> part = rare.of(e);
        values.put(e, part.isEmpty() ? value(e) : branch((Expr.Apply) e, part));
      }
    }
    return number(root);
  }

  /** A choice of which one part is computed only where it is taken. */
  private Value branch(Expr.Apply where, List<Expr> part) {
    Value result = code.copy(number(where.arg(2)));
    PtxCode.Label skip = code.label();
    code.jumpUnless(condition(where), skip);
    Set<Expr> known = new HashSet<>(numbers.keySet());
    List<Expr> added = new ArrayList<>();
    for (Expr e : part) {
      if (!values.containsKey(e)) {
        values.put(e, value(e));
        added.add(e);
      }
    }
    code.move(result, number(where.arg(1)));
    code.place(skip);
    // What was computed here is not there after the branch.
    added.forEach(values::remove);
    numbers.keySet().retainAll(known);
    return result;
  }

  private Value condition(Expr.Apply where) {
    return isPredicate(where.arg(0))
        ? get(values, where.arg(0))
        : code.pred("setp.ne.s32", number(where.arg(0)), Value.of(0));
  }

  private Value number(Expr e) {
    Value value = get(values, e);
    return value.type() == RegisterType.PRED
        ? numbers.computeIfAbsent(e, k -> code.select(value, Value.of(1), Value.of(0)))
        : value;
  }

  private static Value get(Map<Expr, Value> map, Expr e) {
    Value value = map.get(e);
    if (value == null) {
      throw new IllegalStateException("no value yet for " + e);
    }
    return value;
  }

  private boolean isPredicate(Expr e) {
    return get(values, e).type() == RegisterType.PRED;
  }

  private Value value(Expr e) {
    return switch (e) {
      case Expr.Input x -> leaves.apply(x);
      case Expr.Param x -> leaves.apply(x);
      case Expr.Index x -> leaves.apply(x);
      case Expr.Reduced x -> leaves.apply(x);
      case Expr.Const x ->
          switch (x.type()) {
            case F32 -> Value.of((float) x.toDouble());
            case F64 -> Value.of(x.toDouble());
            case I32 -> Value.of((int) x.bits());
            case I64 -> Value.of(x.bits());
          };
      case Expr.Cast x ->
          x.to() == DType.BOOL && isPredicate(x.arg())
              ? get(values, x.arg())
              : casts.cast(x.to(), x.arg().type(), number(x.arg()));
      case Expr.Apply x -> apply(x);
    };
  }

  private Value apply(Expr.Apply x) {
    ComputeType type = x.operandType();
    return switch (x.op().signature()) {
      case SAME, FLOAT, INT -> arithmetic(x, type);
      case COMPARE -> code.pred(comparison(x.op(), type), number(x.arg(0)), number(x.arg(1)));
      case WHERE -> code.select(condition(x), number(x.arg(1)), number(x.arg(2)));
      case TO_BITS, FROM_BITS -> {
        RegisterType to = RegisterType.of(x.type());
        yield code.op(to, to.bytes == 4 ? "mov.b32" : "mov.b64", number(x.arg(0)));
      }
      case PHILOX ->
          new PhiloxCode(code).word(number(x.arg(0)), number(x.arg(1)), number(x.arg(2)));
    };
  }

  private Value arithmetic(Expr.Apply x, ComputeType type) {
    boolean logical = x.op() == ScalarOp.AND || x.op() == ScalarOp.OR || x.op() == ScalarOp.XOR;
    if (logical && isPredicate(x.arg(0)) && isPredicate(x.arg(1))) {
      String name = x.op() == ScalarOp.AND ? "and" : x.op() == ScalarOp.OR ? "or" : "xor";
      return code.op(
          RegisterType.PRED, name + ".pred", get(values, x.arg(0)), get(values, x.arg(1)));
    }
    Value a = number(x.arg(0));
    Value b = x.op().arity() > 1 ? number(x.arg(1)) : a;
    Value c = x.op().arity() > 2 ? number(x.arg(2)) : a;
    return switch (type) {
      case F32, F64 ->
          x.op() == ScalarOp.POLYGAMMA
              ? polygamma(type, a, b)
              : new FloatCode(code, RegisterType.of(type)).apply(x.op(), a, b, c);
      case I32, I64 -> new IntegerCode(code, RegisterType.of(type)).apply(x.op(), a, b);
    };
  }

  private Value polygamma(ComputeType type, Value order, Value at) {
    Value wideOrder = casts.cast(DType.F64, type, order);
    Value result = new ZetaCode(code, wideOrder, casts.cast(DType.F64, type, at)).polygamma();
    return casts.cast(type.dtype(), ComputeType.F64, result);
  }

  /** Comparisons with NaN are false, but not that for being different. */
  private static String comparison(ScalarOp op, ComputeType type) {
    boolean floating = type.isFloating();
    String name =
        switch (op) {
          case EQ -> "eq";
          case NE -> floating ? "neu" : "ne";
          case LT -> "lt";
          case LE -> "le";
          case GT -> "gt";
          case GE -> "ge";
          default -> throw new IllegalStateException(op + " is not a comparison");
        };
    String suffix =
        switch (type) {
          case F32 -> "f32";
          case F64 -> "f64";
          case I32 -> "s32";
          case I64 -> "s64";
        };
    return "setp." + name + "." + suffix;
  }
}
