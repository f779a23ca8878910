package io.gradus.tensor.kernel;

import io.gradus.tensor.dtype.ComputeType;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Evaluates a recipe on single numbers, node by node. */
final class RecipeProgram {
  private static final Map<ScalarOp, RecipeProgram> F32 = compile();

  private final Expr[] nodes;
  private final int[][] args;

  private RecipeProgram(Expr root) {
    List<Expr> order = ExprGraph.postOrder(List.of(root));
    nodes = order.toArray(Expr[]::new);
    args = new int[nodes.length][];
    Map<Expr, Integer> at = new HashMap<>();
    for (int k = 0; k < nodes.length; k++) {
      args[k] =
          switch (nodes[k]) {
            case Expr.Apply x -> {
              int[] from = new int[x.op().arity()];
              for (int j = 0; j < from.length; j++) {
                from[j] = at.getOrDefault(x.arg(j), -1);
              }
              yield from;
            }
            case Expr.Cast x -> new int[] {at.getOrDefault(x.arg(), -1)};
            case Expr.Input x -> new int[0];
            case Expr.Const x -> new int[0];
            case Expr.Param x -> throw unfit(x);
            case Expr.Index x -> throw unfit(x);
            case Expr.Reduced x -> throw unfit(x);
          };
      at.put(nodes[k], k);
    }
  }

  private static IllegalArgumentException unfit(Expr e) {
    return new IllegalArgumentException("a recipe does not contain " + e);
  }

  private static Map<ScalarOp, RecipeProgram> compile() {
    Map<ScalarOp, RecipeProgram> all = new EnumMap<>(ScalarOp.class);
    for (ScalarOp op : ScalarOp.values()) {
      Expr recipe = Recipes.expand(op, ComputeType.F32);
      if (recipe != null) {
        all.put(op, new RecipeProgram(recipe));
      }
    }
    return all;
  }

  /** The recipe of an operation in {@code f32}, or null. */
  static @Nullable RecipeProgram f32(ScalarOp op) {
    return F32.get(op);
  }

  float f32(float a, float b) {
    long[] value = new long[nodes.length];
    for (int k = 0; k < nodes.length; k++) {
      int[] from = args[k];
      value[k] =
          switch (nodes[k]) {
            case Expr.Apply x ->
                EncodedScalars.apply(
                    x.op(),
                    x.operandType(),
                    value[from[0]],
                    from.length > 1 ? value[from[1]] : 0,
                    from.length > 2 ? value[from[2]] : 0);
            case Expr.Cast x -> EncodedScalars.cast(x.to(), x.arg().type(), value[from[0]]);
            case Expr.Const x ->
                x.type() == ComputeType.F32
                    ? Float.floatToRawIntBits((float) x.toDouble())
                    : x.bits();
            case Expr.Input x -> Float.floatToRawIntBits(x.index() == 0 ? a : b);
            case Expr.Param x -> throw unfit(x);
            case Expr.Index x -> throw unfit(x);
            case Expr.Reduced x -> throw unfit(x);
          };
    }
    return Float.intBitsToFloat((int) value[nodes.length - 1]);
  }
}
