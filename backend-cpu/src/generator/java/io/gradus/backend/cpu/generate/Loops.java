package io.gradus.backend.cpu.generate;

import static java.util.stream.Collectors.joining;

import io.gradus.tensor.dtype.ComputeType;
import io.gradus.tensor.kernel.ScalarOp;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** What the two kinds of loops share: which operations exist, their headers and dispatchers. */
abstract class Loops {
  /** Dispatched first; the others follow in the order of the enum. */
  private static final List<ScalarOp> OFTEN =
      List.of(
          ScalarOp.NEG,
          ScalarOp.ABS,
          ScalarOp.EXP,
          ScalarOp.LOG,
          ScalarOp.TANH,
          ScalarOp.SIGMOID,
          ScalarOp.SQRT,
          ScalarOp.RSQRT,
          ScalarOp.ERF,
          ScalarOp.SIN,
          ScalarOp.COS);

  /** Those that also exist with one number in place of the second array. */
  static final List<ScalarOp> UNIFORM =
      List.of(ScalarOp.ADD, ScalarOp.SUB, ScalarOp.MUL, ScalarOp.DIV, ScalarOp.MIN, ScalarOp.MAX);

  /** Keeps a dispatcher below 325 bytecodes, C2's limit for inlining hot methods. */
  private static final int CASES = 12;

  final ComputeType type;
  final StringBuilder out = new StringBuilder();

  Loops(ComputeType type) {
    this.type = type;
  }

  /** The simple name of the class. */
  abstract String className();

  abstract void loop(ScalarOp op);

  /** The loop with one number {@code b} in place of the second array. */
  abstract void uniformLoop(ScalarOp op);

  /** What else the class has. */
  void more(List<ScalarOp> all) {}

  /** What a dispatcher calls for an operation. */
  abstract String target(ScalarOp op);

  abstract String header();

  final String source() {
    out.append("package io.gradus.backend.cpu.lanes;\n\n").append(header());
    out.append("final class ").append(className()).append(" {\n");
    out.append("  private ").append(className()).append("() {}\n");
    List<ScalarOp> all = operations();
    dispatcher("unary", all.stream().filter(op -> sameType(op) && op.arity() == 1).toList(), 1);
    dispatcher("binary", all.stream().filter(op -> sameType(op) && op.arity() == 2).toList(), 2);
    dispatcher(
        "compare",
        all.stream().filter(op -> op.signature() == ScalarOp.Signature.COMPARE).toList(),
        2);
    for (ScalarOp op : all) {
      loop(op);
    }
    if (type.isFloating()) {
      dispatcher("uniform", UNIFORM, 2);
      UNIFORM.forEach(this::uniformLoop);
    }
    more(all);
    return out.append("}\n").toString();
  }

  /** A method that says whether an operation is one of these. */
  final void test(String name, List<ScalarOp> ops) {
    out.append("\n  static boolean ").append(name).append("(ScalarOp op) {\n");
    out.append("    return switch (op) {\n      case ");
    out.append(ops.stream().map(ScalarOp::name).collect(joining(", ")));
    out.append(" -> true;\n      default -> false;\n    };\n  }\n");
  }

  static boolean sameType(ScalarOp op) {
    return switch (op.signature()) {
      case SAME, FLOAT, INT -> true;
      case COMPARE, WHERE, TO_BITS, FROM_BITS, PHILOX -> false;
    };
  }

  private List<ScalarOp> operations() {
    List<ScalarOp> all = new ArrayList<>(OFTEN);
    for (ScalarOp op : ScalarOp.values()) {
      if (!OFTEN.contains(op)) {
        all.add(op);
      }
    }
    all.removeIf(
        op ->
            switch (op.signature()) {
              case SAME, COMPARE, WHERE -> false;
              case FLOAT, TO_BITS -> !type.isFloating();
              case INT, FROM_BITS -> type.isFloating();
              case PHILOX -> true;
            });
    return all;
  }

  static String name(ScalarOp op) {
    String lower = op.name().toLowerCase(Locale.ROOT);
    return switch (op) {
      case TO_BITS -> "toBits";
      case FROM_BITS -> "fromBits";
      default -> lower;
    };
  }

  final ComputeType resultType(ScalarOp op) {
    return switch (op.signature()) {
      case SAME, FLOAT, INT, WHERE -> type;
      case COMPARE, PHILOX -> ComputeType.I32;
      case TO_BITS -> type == ComputeType.F32 ? ComputeType.I32 : ComputeType.I64;
      case FROM_BITS -> type == ComputeType.I32 ? ComputeType.F32 : ComputeType.F64;
    };
  }

  final ComputeType argType(ScalarOp op, int k) {
    return op == ScalarOp.WHERE && k == 0 ? ComputeType.I32 : type;
  }

  /** The head of a loop's method, up to the opening brace. */
  final void open(ScalarOp op) {
    out.append("\n  static void ").append(name(op)).append("(");
    for (int k = 0; k < op.arity(); k++) {
      char x = (char) ('a' + k);
      out.append(Types.primitive(argType(op, k)))
          .append("[] ")
          .append(x)
          .append(", int ")
          .append(x)
          .append("o, ");
    }
    out.append(Types.primitive(resultType(op))).append("[] r, int ro, int n) {\n");
  }

  /** The head of the method of a {@link #uniformLoop}, up to the opening brace. */
  final void openUniform(ScalarOp op) {
    String t = Types.primitive(type);
    out.append("\n  static void ").append(name(op)).append("(").append(t);
    out.append("[] a, int ao, ").append(t).append(" b, ").append(t);
    out.append("[] r, int ro, int n) {\n");
  }

  private void dispatcher(String name, List<ScalarOp> ops, int arity) {
    String t = Types.primitive(type);
    String result = name.equals("compare") ? "int" : t;
    String second = arity == 1 ? "" : name.equals("uniform") ? "b, " : "b, bo, ";
    String arguments = "a, ao, " + second + "r, ro, n";
    for (int from = 0, part = 0; from < ops.size(); from += CASES, part++) {
      out.append("\n  ").append(part == 0 ? "" : "private ").append("static void ");
      out.append(name).append(part == 0 ? "" : "" + part).append("(ScalarOp op, ");
      out.append(t).append("[] a, int ao, ");
      out.append(second.isEmpty() ? "" : t + (second.equals("b, ") ? " b, " : "[] b, int bo, "));
      out.append(result).append("[] r, int ro, int n) {\n    switch (op) {\n");
      int end = Math.min(ops.size(), from + CASES);
      for (ScalarOp op : ops.subList(from, end)) {
        out.append("      case ").append(op).append(" -> ").append(target(op));
        out.append("(").append(arguments).append(");\n");
      }
      if (end < ops.size()) {
        out.append("      default -> ").append(name).append(part + 1).append("(op, ");
        out.append(arguments).append(");\n");
      } else {
        out.append("      default -> throw new IllegalArgumentException(op + \" has no ");
        out.append(type).append(" loop\");\n");
      }
      out.append("    }\n  }\n");
    }
  }
}
