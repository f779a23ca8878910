package io.gradus.tensor.kernel;

import io.gradus.tensor.dtype.ComputeType;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Definitions of {@code f32} operations by correctly rounded ones, so that their results have the
 * same bits wherever they are evaluated.
 *
 * <p>A recipe holds basic arithmetic, comparisons, {@code WHERE}, bit moves and casts that are
 * exact or rounded once; 32-bit and 64-bit ones may be mixed. Its results are off the exact value
 * by at most (in units of the last place): exp 1.1, expm1 1.5, exp2 1.1, log 1.0, log1p 1.2, log2
 * 1.6, log10 1.4, rsqrt 1.5, sin and cos 1.7, tanh 1.4, sigmoid 2.4, erf 2.6; pow, tan, atan, sinh,
 * cosh and erfc 0.51.
 */
public final class Recipes {
  private static final Map<ScalarOp, Expr> F32 = build();

  private Recipes() {}

  /**
   * The definition of an operation over {@code Input(0)}, …, or null where it has none for this
   * type.
   */
  public static @Nullable Expr expand(ScalarOp op, ComputeType type) {
    return type == ComputeType.F32 ? F32.get(op) : null;
  }

  private static Map<ScalarOp, Expr> build() {
    Map<ScalarOp, Expr> all = new EnumMap<>(ScalarOp.class);
    for (ScalarOp op : ScalarOp.values()) {
      Expr recipe = f32(op);
      if (recipe != null) {
        all.put(op, recipe);
      }
    }
    return all;
  }

  private static @Nullable Expr f32(ScalarOp op) {
    return switch (op) {
      case EXP -> ExponentialRecipes.exp();
      case EXPM1 -> ExponentialRecipes.expm1();
      case EXP2 -> ExponentialRecipes.exp2();
      case SIGMOID -> ExponentialRecipes.sigmoid();
      case TANH -> ExponentialRecipes.tanh();
      case ERF -> ExponentialRecipes.erf();
      case RSQRT -> ExponentialRecipes.rsqrt();
      case LOG -> LogarithmRecipes.log();
      case LOG1P -> LogarithmRecipes.log1p();
      case LOG2 -> LogarithmRecipes.log2();
      case LOG10 -> LogarithmRecipes.log10();
      case SIN -> TrigonometricRecipes.sin();
      case COS -> TrigonometricRecipes.cos();
      case TAN -> TrigonometricRecipes.tan();
      case POW -> WideRecipes.pow();
      case SINH -> WideRecipes.sinh();
      case COSH -> WideRecipes.cosh();
      case ATAN -> WideRecipes.atan();
      case ERFC -> WideRecipes.erfc();
      case ADD,
          SUB,
          MUL,
          NEG,
          ABS,
          SIGN,
          MIN,
          MAX,
          FMOD,
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
          IDIV,
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
          WHERE,
          TO_BITS,
          FROM_BITS,
          PHILOX,
          ASIN,
          ACOS,
          ATAN2,
          ASINH,
          ACOSH,
          ATANH,
          ERFINV,
          LGAMMA,
          DIGAMMA,
          POLYGAMMA,
          I0,
          I0E,
          I1,
          I1E ->
          null;
    };
  }

  /** The expression with every application that has a recipe replaced by it. */
  public static Expr lower(Expr root) {
    return ExprGraph.rewrite(List.of(root), Recipes::lowered).getFirst();
  }

  private static Expr lowered(Expr e) {
    if (e instanceof Expr.Apply x) {
      Expr recipe = expand(x.op(), x.operandType());
      if (recipe != null) {
        return ExprGraph.substitute(
                List.of(recipe), leaf -> leaf instanceof Expr.Input i ? x.arg(i.index()) : null)
            .getFirst();
      }
    }
    return e;
  }
}
