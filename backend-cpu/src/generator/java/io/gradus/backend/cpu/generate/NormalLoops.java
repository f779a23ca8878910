package io.gradus.backend.cpu.generate;

import io.gradus.tensor.dtype.ComputeType;
import io.gradus.tensor.dtype.DType;
import io.gradus.tensor.kernel.Expr;
import io.gradus.tensor.kernel.ExprGraph;
import io.gradus.tensor.kernel.NormalNumbers;
import io.gradus.tensor.kernel.Recipes;
import io.gradus.tensor.kernel.ScalarOp;
import java.util.List;
import java.util.Objects;

/**
 * The loop that makes normal numbers of random words: the recipes of what {@link NormalNumbers}
 * does, less what a logarithm of numbers from 2^-33 to 1 and a cosine of a turn do not need.
 */
final class NormalLoops {
  private final StringBuilder out = new StringBuilder();

  String source() {
    out.append(
        """
        package io.gradus.backend.cpu.lanes;

        import jdk.incubator.vector.*;

        /** Normal numbers from random words. Generated. */
        @SuppressWarnings("all")
        final class VectorNormals {
          private VectorNormals() {}

          /**
           * {@code r[ro + i]} is made of words {@code a[o + i]} and {@code b[o + i]}; n is a multiple
           * of a vector's length.
           */
          static void fill(
              int[] a, int[] b, int o, float deviation, float mean, float[] r, int ro, int n) {
            FloatVector x2 = FloatVector.broadcast(LaneSpecies.F32, deviation);
            FloatVector x3 = FloatVector.broadcast(LaneSpecies.F32, mean);
            for (int i = 0; i < n; i += LaneSpecies.F32.length()) {
              IntVector x0 = IntVector.fromArray(LaneSpecies.I32, a, o + i);
              IntVector x1 = IntVector.fromArray(LaneSpecies.I32, b, o + i);
        """);
    Expr standard =
        NormalNumbers.of(Expr.input(0, ComputeType.I32), Expr.input(1, ComputeType.I32));
    Expr scaled = Expr.of(ScalarOp.MUL, lower(standard), Expr.input(2, ComputeType.F32));
    Expr moved = Expr.of(ScalarOp.ADD, scaled, Expr.input(3, ComputeType.F32));
    String result = new VectorRecipe(out).value(moved);
    out.append("      ").append(result).append(".intoArray(r, ro + i);\n    }\n  }\n}\n");
    return out.toString();
  }

  private static Expr lower(Expr root) {
    return ExprGraph.rewrite(List.of(root), NormalLoops::lowered).get(0);
  }

  private static Expr lowered(Expr e) {
    return switch (e) {
      case Expr.Cast x when x.arg() instanceof Expr.Apply y && y.op() == ScalarOp.AND ->
          unsigned(y);
      case Expr.Apply x when x.op() == ScalarOp.LOG -> with(logarithm(), x.arg(0));
      case Expr.Apply x when x.op() == ScalarOp.COS ->
          with(Objects.requireNonNull(Guard.of(recipe(ScalarOp.COS))).fast(), x.arg(0));
      default -> e;
    };
  }

  private static Expr recipe(ScalarOp op) {
    return Objects.requireNonNull(Recipes.expand(op, ComputeType.F32));
  }

  private static Expr with(Expr recipe, Expr argument) {
    return ExprGraph.substitute(List.of(recipe), e -> e instanceof Expr.Input ? argument : null)
        .get(0);
  }

  /** {@code high 2^16 + low}, rounded once, of 32 bits that are a number without a sign. */
  private static Expr unsigned(Expr.Apply word64) {
    Expr word = ((Expr.Cast) word64.arg(0)).arg();
    Expr sixteen = Expr.constant(ComputeType.I32, 16L);
    Expr high = Expr.of(ScalarOp.USHR, word, sixteen);
    Expr low = Expr.of(ScalarOp.AND, word, Expr.constant(ComputeType.I32, 0xffffL));
    return Expr.of(
        ScalarOp.FMA,
        Expr.cast(DType.F32, high),
        Expr.constant(ComputeType.F32, 0x1p16),
        Expr.cast(DType.F32, low));
  }

  /** That of a normal number: the recipe first asks whether it is positive and finite. */
  private static Expr logarithm() {
    Expr positive = choice(recipe(ScalarOp.LOG)).arg(1);
    return ExprGraph.rewrite(
            List.of(positive), e -> isChoice(e) ? choice(e).arg(2) : e) // not a subnormal one
        .get(0);
  }

  private static boolean isChoice(Expr e) {
    return e instanceof Expr.Apply x && x.op() == ScalarOp.WHERE;
  }

  private static Expr.Apply choice(Expr e) {
    if (!isChoice(e)) {
      throw new IllegalStateException("the recipe of log has another form: " + e);
    }
    return (Expr.Apply) e;
  }
}
