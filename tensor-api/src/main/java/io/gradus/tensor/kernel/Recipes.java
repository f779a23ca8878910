package io.gradus.tensor.kernel;

import io.gradus.tensor.dtype.ComputeType;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Definitions of {@code f32} operations by correctly rounded ones, so that their results have the
 * same bits wherever they are evaluated.
 */
public final class Recipes {
  private Recipes() {}

  /**
   * The definition of an operation over {@code Input(0)}, …, or null where it has none for this
   * type.
   */
  public static @Nullable Expr expand(ScalarOp op, ComputeType type) {
    return type == ComputeType.F32 && op == ScalarOp.RSQRT
        ? Expr.of(
            ScalarOp.DIV, Expr.constant(type, 1.0), Expr.of(ScalarOp.SQRT, Expr.input(0, type)))
        : null;
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
