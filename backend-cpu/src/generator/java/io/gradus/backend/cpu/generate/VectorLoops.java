package io.gradus.backend.cpu.generate;

import io.gradus.tensor.dtype.ComputeType;
import io.gradus.tensor.kernel.Expr;
import io.gradus.tensor.kernel.ExprGraph;
import io.gradus.tensor.kernel.Recipes;
import io.gradus.tensor.kernel.ScalarOp;
import java.util.List;
import java.util.Objects;

/** Loops of the Vector API, each followed by the scalar loop for what does not fill a vector. */
final class VectorLoops extends Loops {
  VectorLoops(ComputeType type) {
    super(type);
  }

  @Override
  String className() {
    return "VectorLanes" + type;
  }

  private String scalarClass() {
    return "ScalarLanes" + type;
  }

  @Override
  String header() {
    return """
    import io.gradus.tensor.kernel.ScalarOp;
    import jdk.incubator.vector.*;

    /** Loops over vectors. Generated. */
    @SuppressWarnings("all")
    """;
  }

  @Override
  String target(ScalarOp op) {
    return (isVector(op) ? "" : scalarClass() + ".") + name(op);
  }

  @Override
  void more(List<ScalarOp> all) {
    test("has", all.stream().filter(this::isVector).toList());
  }

  private boolean isVector(ScalarOp op) {
    return body(op) != null;
  }

  /** The recipe of an operation, or the operation itself where it is primitive; null else. */
  private Expr body(ScalarOp op) {
    Expr recipe = Recipes.expand(op, type);
    if (recipe != null) {
      return recipe;
    }
    if (!VectorForms.exists(op, type)) {
      return null;
    }
    Expr a = Expr.input(0, argType(op, 0));
    return switch (op.arity()) {
      case 1 -> Expr.of(op, a);
      case 2 -> Expr.of(op, a, Expr.input(1, type));
      default -> Expr.of(op, a, Expr.input(1, type), Expr.input(2, type));
    };
  }

  @Override
  void loop(ScalarOp op) {
    Expr body = body(op);
    String arguments =
        switch (op.arity()) {
          case 1 -> "a, ao + i, r, ro + i, n - i";
          case 2 -> "a, ao + i, b, bo + i, r, ro + i, n - i";
          default -> "a, ao + i, b, bo + i, c, co + i, r, ro + i, n - i";
        };
    if (body == null) {
      if (!sameType(op)) {
        open(op);
        out.append("    ").append(scalarClass()).append('.').append(name(op)).append('(');
        out.append(arguments.replace(" + i", "").replace(" - i", "")).append(");\n  }\n");
      }
      return;
    }
    Guard guard = Guard.of(body);
    Expr root = guard == null ? body : guard.fast();
    boolean wide = isWide(root);
    open(op);
    String counting = Types.species(type, wide);
    out.append("    int i = 0;\n    for (int end = ").append(counting);
    out.append(".loopBound(n); i < end; i += ").append(counting).append(".length()) {\n");
    for (int k = 0; k < op.arity(); k++) {
      ComputeType t = argType(op, k);
      char x = (char) ('a' + k);
      out.append(
          "      %s x%d = %s.fromArray(%s, %s, %so + i);\n"
              .formatted(Types.vector(t), k, Types.vector(t), Types.species(t, wide), x, x));
    }
    VectorRecipe recipe = new VectorRecipe(out, wide);
    String far = guard == null ? null : recipe.mask(guard.condition());
    out.append("      ").append(recipe.value(root)).append(".intoArray(r, ro + i);\n");
    if (far != null) {
      out.append("      if (").append(far).append(".anyTrue()) {\n        ");
      out.append(scalarClass())
          .append('.')
          .append(name(op))
          .append("(x0.toArray(), 0, r, ro + i, ");
      out.append(counting).append(".length());\n      }\n");
    }
    out.append("    }\n    ").append(scalarClass()).append('.').append(name(op));
    out.append('(').append(arguments).append(");\n  }\n");
  }

  @Override
  void uniformLoop(ScalarOp op) {
    openUniform(op);
    String species = Types.species(type, false);
    String vector = Types.vector(type);
    out.append(
        "    int i = 0;\n    %s x1 = %s.broadcast(%s, b);\n".formatted(vector, vector, species));
    out.append("    for (int end = ").append(species).append(".loopBound(n); i < end; i += ");
    out.append(species).append(".length()) {\n");
    out.append("      %s x0 = %s.fromArray(%s, a, ao + i);\n".formatted(vector, vector, species));
    String value = new VectorRecipe(out, false).value(Objects.requireNonNull(body(op)));
    out.append("      ").append(value).append(".intoArray(r, ro + i);\n    }\n    ");
    out.append(scalarClass()).append('.').append(name(op));
    out.append("(a, ao + i, b, r, ro + i, n - i);\n  }\n");
  }

  private static boolean isWide(Expr root) {
    return ExprGraph.postOrder(List.of(root)).stream().anyMatch(e -> Types.is64(e.type()));
  }
}
