package io.gradus.backend.cpu.generate;

import io.gradus.tensor.dtype.ComputeType;
import io.gradus.tensor.kernel.Expr;
import io.gradus.tensor.kernel.Recipes;
import io.gradus.tensor.kernel.ScalarOp;
import java.util.List;

/** Loops of plain Java. */
final class ScalarLoops extends Loops {
  ScalarLoops(ComputeType type) {
    super(type);
  }

  @Override
  String className() {
    return "ScalarLanes" + type;
  }

  @Override
  String header() {
    return
"""
    import io.gradus.tensor.kernel.ScalarMeaning;
    import io.gradus.tensor.kernel.ScalarOp;
import java.util.List;

    /** Loops over single numbers; also the ends of the vector loops. Generated. */
    @SuppressWarnings("all")
""";
  }

  @Override
  String target(ScalarOp op) {
    return name(op);
  }

  @Override
  void loop(ScalarOp op) {
    Expr recipe = Recipes.expand(op, type);
    if (recipe != null) {
      out.append(ScalarRecipe.method(name(op), op.arity(), type, recipe));
    }
    open(op);
    out.append("    for (int i = 0; i < n; i++) {\n      r[ro + i] = ");
    out.append(recipe != null ? call(name(op), op.arity()) : formula(op));
    out.append(";\n    }\n  }\n");
  }

  @Override
  void uniformLoop(ScalarOp op) {
    openUniform(op);
    out.append("    for (int i = 0; i < n; i++) {\n      r[ro + i] = ");
    out.append(ScalarForms.of(op, type, "a[ao + i]", "b", ""));
    out.append(";\n    }\n  }\n");
  }

  @Override
  void more(List<ScalarOp> all) {
    if (type == ComputeType.F32) {
      test("hasUniform", UNIFORM); // the same for all floating types
    }
  }

  private static String call(String name, int arity) {
    return name + (arity == 1 ? "(a[ao + i])" : "(a[ao + i], b[bo + i])");
  }

  private String formula(ScalarOp op) {
    String a = "a[ao + i]";
    String b = "b[bo + i]";
    String c = "c[co + i]";
    String inline = ScalarForms.of(op, type, a, b, c);
    if (inline != null) {
      return inline;
    }
    String none = type == ComputeType.I32 ? "0" : "(" + Types.primitive(type) + ") 0";
    return switch (type) {
      case F32 ->
          "(float) ScalarMeaning.f64(ScalarOp."
              + op
              + ", "
              + a
              + ", "
              + (op.arity() > 1 ? b : "0")
              + ", 0)";
      case F64, I32, I64 ->
          "ScalarMeaning."
              + type.name().toLowerCase(java.util.Locale.ROOT)
              + "(ScalarOp."
              + op
              + ", "
              + a
              + ", "
              + (op.arity() > 1 ? b : none)
              + ", "
              + none
              + ")";
    };
  }
}
