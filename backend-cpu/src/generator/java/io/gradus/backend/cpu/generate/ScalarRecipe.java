package io.gradus.backend.cpu.generate;

import io.gradus.tensor.dtype.ComputeType;
import io.gradus.tensor.dtype.DType;
import io.gradus.tensor.kernel.Expr;
import io.gradus.tensor.kernel.ExprGraph;
import io.gradus.tensor.kernel.ScalarOp;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A recipe as a static method: one local variable a node. */
final class ScalarRecipe {
  private final StringBuilder out = new StringBuilder();
  private final Map<Expr, String> names = new HashMap<>();

  private ScalarRecipe() {}

  static String method(String name, int arity, ComputeType type, Expr root) {
    ScalarRecipe it = new ScalarRecipe();
    String t = Types.primitive(type);
    it.out.append("\n  static ").append(t).append(' ').append(name).append('(').append(t);
    it.out.append(" x0").append(arity == 1 ? "" : ", " + t + " x1").append(") {\n");
    Guard guard = Guard.of(root);
    if (guard == null) {
      it.nodes(root);
    } else {
      // A branch, not a choice between two values: the slow way is hardly ever needed.
      it.nodes(guard.condition());
      String condition = it.value(guard.condition());
      it.out.append("    if (").append(condition).append(" != 0) {\n      return ");
      it.out.append(name).append("Slowly(x0);\n    }\n");
      it.nodes(guard.fast());
      root = guard.fast();
    }
    it.out.append("    return ").append(it.value(root)).append(";\n  }\n");
    if (guard != null) {
      ScalarRecipe slow = new ScalarRecipe();
      slow.out.append("\n  private static ").append(t).append(' ').append(name);
      slow.out.append("Slowly(").append(t).append(" x0) {\n");
      slow.nodes(guard.slow());
      slow.out.append("    return ").append(slow.value(guard.slow())).append(";\n  }\n");
      it.out.append(slow.out);
    }
    return it.out.toString();
  }

  private void nodes(Expr root) {
    for (Expr e : ExprGraph.postOrder(List.of(root))) {
      if (!names.containsKey(e)) {
        node(e);
      }
    }
  }

  private void node(Expr e) {
    if (e instanceof Expr.Apply x && ScalarForms.comparison(x.op()) != null) {
      return; // written where it is used
    }
    String text =
        switch (e) {
          case Expr.Apply x -> apply(x);
          case Expr.Cast x -> cast(x);
          case Expr.Input x -> null;
          case Expr.Const x -> null;
          default -> throw new IllegalArgumentException("not in a recipe: " + e);
        };
    if (text != null) {
      String name = "v" + names.size();
      out.append("    ").append(Types.primitive(e.type())).append(' ').append(name);
      out.append(" = ").append(text).append(";\n");
      names.put(e, name);
    }
  }

  private String apply(Expr.Apply x) {
    String a = value(x.arg(0));
    String b = x.op().arity() > 1 ? value(x.arg(1)) : "";
    String c = x.op().arity() > 2 ? value(x.arg(2)) : "";
    boolean shift = x.op() == ScalarOp.SHL || x.op() == ScalarOp.SHR || x.op() == ScalarOp.USHR;
    if (shift && x.arg(1) instanceof Expr.Const by) {
      String operator = x.op() == ScalarOp.SHL ? "<<" : x.op() == ScalarOp.SHR ? ">>" : ">>>";
      return a + " " + operator + " " + by.toLong();
    }
    if (x.op() == ScalarOp.WHERE
        && x.arg(0) instanceof Expr.Apply test
        && ScalarForms.comparison(test.op()) != null) {
      return "%s %s %s ? %s : %s"
          .formatted(
              value(test.arg(0)), ScalarForms.comparison(test.op()), value(test.arg(1)), b, c);
    }
    String text = ScalarForms.of(x.op(), x.operandType(), a, b, c);
    if (text == null) {
      throw new IllegalArgumentException(x.op() + " is not primitive");
    }
    return text;
  }

  private String cast(Expr.Cast x) {
    String a = value(x.arg());
    if (x.to() == DType.I32 && x.arg().type().isFloating()) {
      return "(int) (long) " + a;
    }
    if (x.to().isNarrow()) {
      throw new IllegalArgumentException("a recipe does not convert to " + x.to());
    }
    return "(" + Types.primitive(x.type()) + ") " + a;
  }

  private String value(Expr e) {
    return switch (e) {
      case Expr.Input x -> "x" + x.index();
      case Expr.Const x -> Types.literal(x.type(), x.toDouble(), x.toLong());
      case Expr.Apply x when ScalarForms.comparison(x.op()) != null -> apply(x);
      default -> names.get(e);
    };
  }
}
