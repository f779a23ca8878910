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
    open(op);
    if (isMixed(root)) {
      mixedLoop(op, guard, root);
    } else {
      plainLoop(op, guard, root);
    }
    out.append("    }\n    ").append(scalarClass()).append('.').append(name(op));
    out.append('(').append(arguments).append(");\n  }\n");
  }

  private void plainLoop(ScalarOp op, Guard guard, Expr root) {
    head(type);
    for (int k = 0; k < op.arity(); k++) {
      load("x" + k, op, k, "i");
    }
    VectorRecipe recipe = new VectorRecipe(out);
    String far = guard == null ? null : recipe.mask(guard.condition());
    store(recipe.value(root), "i");
    slowWay(op, far);
  }

  /**
   * A loop in which numbers of 32 and of 64 bits meet goes by the former and computes twice: x are
   * operands of the first half, y those of the second.
   */
  private void mixedLoop(ScalarOp op, Guard guard, Expr root) {
    head(ComputeType.I32);
    String second = "i + LaneSpecies.I64.length()";
    for (int k = 0; k < op.arity(); k++) {
      load("x" + k, op, k, "i");
      if (Types.is64(argType(op, k))) {
        load("y" + k, op, k, second);
      } else {
        String vector = Types.vector(argType(op, k));
        String half = "LaneHalves." + argType(op, k) + "_SECOND";
        out.append("      %s y%d = x%d.rearrange(%s);\n".formatted(vector, k, k, half));
      }
    }
    VectorRecipe recipe = new VectorRecipe(out);
    String far = guard == null ? null : recipe.mask(guard.condition());
    String first = recipe.value(root);
    String last = new VectorRecipe(out, "y", "w").value(root);
    if (Types.is64(root.type())) {
      store(first, "i");
      store(last, second);
    } else {
      boolean isFloat = root.type() == ComputeType.F32;
      String bits = isFloat ? ".reinterpretAsInts()" : "";
      String both = "LaneHalves.FIRSTS.selectFrom(%s%s, %s%s)";
      store(
          both.formatted(first, bits, last, bits) + (isFloat ? ".reinterpretAsFloats()" : ""), "i");
    }
    slowWay(op, far);
  }

  private void head(ComputeType counting) {
    String species = Types.species(counting);
    out.append("    int i = 0;\n    for (int end = ").append(species);
    out.append(".loopBound(n); i < end; i += ").append(species).append(".length()) {\n");
  }

  private void load(String name, ScalarOp op, int k, String place) {
    ComputeType t = argType(op, k);
    char array = (char) ('a' + k);
    out.append(
        "      %s %s = %s.fromArray(%s, %s, %so + %s);\n"
            .formatted(
                Types.vector(t), name, Types.vector(t), Types.species(t), array, array, place));
  }

  private void store(String value, String place) {
    out.append("      ").append(value).append(".intoArray(r, ro + ").append(place).append(");\n");
  }

  /** Does all of a vector again, on scalars, if one of its numbers needs it. */
  private void slowWay(ScalarOp op, String far) {
    if (far != null) {
      out.append("      if (").append(far).append(".anyTrue()) {\n        ");
      out.append(scalarClass()).append('.').append(name(op));
      out.append("(x0.toArray(), 0, r, ro + i, x0.length());\n      }\n");
    }
  }

  @Override
  void uniformLoop(ScalarOp op) {
    openUniform(op);
    String vector = Types.vector(type);
    out.append("    %s x1 = %s.broadcast(%s, b);\n".formatted(vector, vector, Types.species(type)));
    head(type);
    load("x0", op, 0, "i");
    store(new VectorRecipe(out).value(Objects.requireNonNull(body(op))), "i");
    out.append("    }\n    ");
    out.append(scalarClass()).append('.').append(name(op));
    out.append("(a, ao + i, b, r, ro + i, n - i);\n  }\n");
  }

  /** Whether a loop of 64-bit numbers loads or stores 32-bit ones. */
  private static boolean isMixed(Expr root) {
    List<Expr> all = ExprGraph.postOrder(List.of(root));
    return all.stream().anyMatch(e -> Types.is64(e.type()))
        && all.stream()
            .anyMatch(e -> !Types.is64(e.type()) && (e == root || e instanceof Expr.Input));
  }
}
