package io.gradus.rules;

import static io.gradus.tensor.kernel.ScalarOp.*;

import io.gradus.tensor.dtype.ComputeType;
import io.gradus.tensor.kernel.Expr;
import io.gradus.tensor.kernel.ExprGraph;
import io.gradus.tensor.kernel.Program;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reverse-mode differentiation of scalar expressions, symbolically.
 *
 * <p>A rule gives the cotangent of an argument as an expression, not a partial derivative to
 * multiply with: what is masked is selected by {@code where} and never multiplied by zero, since an
 * infinite gradient times zero is NaN.
 */
public final class ScalarDerivatives {
  private ScalarDerivatives() {}

  /** The type of input {@code i} of a pullback: an input, a result, or a gradient of a result. */
  static ComputeType inputType(Program p, int i) {
    int in = p.inputs().size();
    int out = p.outputs().size();
    return i < in ? p.inputs().get(i) : p.outputs().get((i - in) % out).type();
  }

  /**
   * The cotangent of each input of a program, null where none flows.
   *
   * <p>The expressions range over the inputs, then the results (saved), then one gradient a result.
   */
  static @Nullable Expr[] pullback(Program p) {
    int in = p.inputs().size();
    int out = p.outputs().size();
    Map<Expr, Expr> cotangents = new HashMap<>();
    Map<Expr, Expr> saved = new HashMap<>();
    for (int j = 0; j < out; j++) {
      Expr result = p.outputs().get(j);
      if (result.type().isFloating()) {
        accumulate(cotangents, result, Expr.input(in + out + j, result.type()));
        if (result instanceof Expr.Apply) {
          saved.put(result, Expr.input(in + j, result.type()));
        }
      }
    }
    List<Expr> order = ExprGraph.postOrder(p.outputs());
    for (Expr e : order.reversed()) {
      Expr g = cotangents.get(e);
      if (g == null) {
        continue;
      }
      switch (e) {
        case Expr.Cast x -> {
          if (x.arg().type().isFloating() && x.to().isFloating()) {
            accumulate(cotangents, x.arg(), Expr.cast(x.arg().type().dtype(), g));
          }
        }
        case Expr.Apply x -> {
          Expr r = saved.getOrDefault(e, e);
          for (int k = 0; k < x.op().arity(); k++) {
            Expr arg = x.arg(k);
            if (arg.type().isFloating() && !(arg instanceof Expr.Const)) {
              accumulate(
                  cotangents, arg, Exprs.isZero(g) ? Exprs.zero(arg.type()) : argument(x, k, r, g));
            }
          }
        }
        case Expr.Input x -> {}
        case Expr.Param x -> {}
        case Expr.Const x -> {}
        case Expr.Index x -> {}
        case Expr.Reduced x -> {}
      }
    }
    @Nullable Expr[] result = new Expr[in];
    for (int i = 0; i < in; i++) {
      result[i] = cotangents.get(Expr.input(i, p.inputs().get(i)));
    }
    return result;
  }

  private static void accumulate(Map<Expr, Expr> cotangents, Expr to, Expr g) {
    cotangents.merge(to, g, Exprs::add);
  }

  /** The contribution of cotangent g of r = op(a, b, c) to argument k. */
  private static Expr argument(Expr.Apply e, int k, Expr r, Expr g) {
    return switch (e.op()) {
      case ADD,
          SUB,
          MUL,
          NEG,
          ABS,
          SIGN,
          MIN,
          MAX,
          FMOD,
          POW,
          DIV,
          FMA,
          SQRT,
          FLOOR,
          CEIL,
          ROUND,
          TRUNC,
          FMIN,
          FMAX,
          COPYSIGN,
          NEXTAFTER,
          WHERE ->
          ArithmeticDerivatives.argument(e, k, r, g);
      case EXP,
          EXPM1,
          EXP2,
          LOG,
          LOG1P,
          LOG2,
          LOG10,
          RSQRT,
          SIN,
          COS,
          TAN,
          ASIN,
          ACOS,
          ATAN,
          ATAN2,
          SINH,
          COSH,
          TANH,
          ASINH,
          ACOSH,
          ATANH,
          SIGMOID,
          ERF,
          ERFC,
          ERFINV,
          LGAMMA,
          DIGAMMA,
          POLYGAMMA,
          I0,
          I0E,
          I1,
          I1E ->
          FunctionDerivatives.argument(e, k, r, g);
      case IDIV,
          AND,
          OR,
          XOR,
          NOT,
          SHL,
          SHR,
          USHR,
          EQ,
          NE,
          LT,
          LE,
          GT,
          GE,
          TO_BITS,
          FROM_BITS,
          PHILOX ->
          Exprs.zero(e.arg(k).type());
    };
  }
}
