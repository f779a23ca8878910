package io.gradus.backend.cpu.generate;

import io.gradus.tensor.dtype.ComputeType;
import io.gradus.tensor.kernel.Expr;
import io.gradus.tensor.kernel.ExprGraph;
import io.gradus.tensor.kernel.ScalarOp;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The body of a vector loop: one local variable a node. A truth value is a mask for as long as
 * possible and a vector of 0 and 1 only where it is used as a number.
 */
final class VectorRecipe {
  private final StringBuilder out;
  private final String input;
  private final String local;
  private final Map<Expr, String> values = new HashMap<>();
  private final Map<Expr, String> masks = new HashMap<>();
  private int count;

  /** A recipe of operands x0, x1 and so forth. */
  VectorRecipe(StringBuilder out) {
    this(out, "x", "v");
  }

  /**
   * A recipe whose statements are appended.
   *
   * @param input what names of operands begin with; their numbers follow
   * @param local what names of local variables begin with
   */
  VectorRecipe(StringBuilder out, String input, String local) {
    this.out = out;
    this.input = input;
    this.local = local;
  }

  /** The name of a local variable that holds the value. */
  String value(Expr root) {
    for (Expr e : ExprGraph.postOrder(List.of(root))) {
      if (e == root || !isTruth(e)) {
        number(e);
      }
    }
    return number(root);
  }

  private String number(Expr e) {
    String known = values.get(e);
    if (known != null) {
      return known;
    }
    String text =
        switch (e) {
          case Expr.Input x -> input + x.index();
          case Expr.Const x ->
              "%s.broadcast(%s, %s)"
                  .formatted(
                      Types.vector(x.type()),
                      Types.species(x.type()),
                      Types.literal(x.type(), x.toDouble(), x.toLong()));
          case Expr.Cast x -> cast(x);
          case Expr.Apply x when isTruth(x) -> blendOnes(x);
          case Expr.Apply x -> apply(x);
          default -> throw new IllegalArgumentException("not in a recipe: " + e);
        };
    if (!(e instanceof Expr.Input)) {
      text = local(Types.vector(e.type()), text);
    }
    values.put(e, text);
    return text;
  }

  private String local(String type, String text) {
    String name = local + count++;
    out.append("      ").append(type).append(' ').append(name).append(" = ");
    out.append(text).append(";\n");
    return name;
  }

  private static boolean isTruth(Expr e) {
    return e instanceof Expr.Apply x
        && (ScalarForms.comparison(x.op()) != null
            || (x.op() == ScalarOp.AND || x.op() == ScalarOp.OR)
                && isTruth(x.arg(0))
                && isTruth(x.arg(1)));
  }

  /** The type of the vectors that a truth value was made from. */
  private static ComputeType maskType(Expr e) {
    if (!isTruth(e)) {
      return ComputeType.I32;
    }
    Expr.Apply x = (Expr.Apply) e;
    return isTruth(x.arg(0)) ? maskType(x.arg(0)) : x.operandType();
  }

  /** The name of a mask that is set where an expression is not 0. */
  String mask(Expr e) {
    String known = masks.get(e);
    if (known == null) {
      String text;
      if (!isTruth(e)) {
        text = value(e) + ".compare(VectorOperators.NE, 0)";
      } else {
        Expr.Apply x = (Expr.Apply) e;
        text =
            ScalarForms.comparison(x.op()) != null
                ? "%s.compare(VectorOperators.%s, %s)"
                    .formatted(value(x.arg(0)), x.op(), operand(x.arg(1)))
                : "%s.%s(%s)"
                    .formatted(
                        mask(x.arg(0)),
                        x.op() == ScalarOp.AND ? "and" : "or",
                        mask(x.arg(1), maskType(x)));
      }
      known = local("VectorMask<" + Types.boxed(maskType(e)) + ">", text);
      masks.put(e, known);
    }
    return known;
  }

  /** As {@link #mask}, for vectors of the given type. */
  private String mask(Expr e, ComputeType type) {
    ComputeType from = maskType(e);
    if (from == type) {
      return mask(e);
    }
    String mask = Types.is64(from) == Types.is64(type) ? mask(e) : nonZero(e, Types.is64(type));
    return mask + ".cast(" + Types.species(type) + ")";
  }

  private String nonZero(Expr e, boolean is64) {
    String ones = is64 ? convert(value(e), ComputeType.I32, ComputeType.I64) : value(e);
    return "(" + ones + ").compare(VectorOperators.NE, 0)";
  }

  /** Vectors of 64-bit numbers have fewer lanes: their masks become numbers before they shrink. */
  private String blendOnes(Expr e) {
    boolean is64 = Types.is64(maskType(e));
    ComputeType type = is64 ? ComputeType.I64 : ComputeType.I32;
    String zero = Types.vector(type) + ".zero(" + Types.species(type) + ")";
    String ones = zero + ".blend(1, " + mask(e, type) + ")";
    return is64 ? convert(ones, ComputeType.I64, ComputeType.I32) : ones;
  }

  /** A second operand: a literal where it is a constant. */
  private String operand(Expr e) {
    return e instanceof Expr.Const x ? Types.literal(x.type(), x.toDouble(), x.toLong()) : value(e);
  }

  private String cast(Expr.Cast x) {
    ComputeType from = x.arg().type();
    if (x.to().isNarrow()) {
      throw new IllegalArgumentException("a recipe does not convert to " + x.to());
    }
    return convert(value(x.arg()), from, x.type());
  }

  /** Between vectors of one length: where elements differ in size, the lower half of one. */
  private static String convert(String vector, ComputeType from, ComputeType to) {
    return "(%s) %s.convertShape(VectorOperators.%s2%s, %s, 0)"
        .formatted(
            Types.vector(to), vector, Types.letter(from), Types.letter(to), Types.species(to));
  }

  private String apply(Expr.Apply x) {
    if (x.op() == ScalarOp.WHERE) {
      return "%s.blend(%s, %s)"
          .formatted(value(x.arg(2)), operand(x.arg(1)), mask(x.arg(0), x.type()));
    }
    ComputeType type = x.operandType();
    String a = value(x.arg(0));
    return switch (x.op()) {
      case ADD -> a + ".add(" + operand(x.arg(1)) + ")";
      case SUB -> a + ".sub(" + operand(x.arg(1)) + ")";
      case MUL -> a + ".mul(" + operand(x.arg(1)) + ")";
      case DIV -> a + ".div(" + operand(x.arg(1)) + ")";
      case MIN -> a + ".min(" + operand(x.arg(1)) + ")";
      case MAX -> a + ".max(" + operand(x.arg(1)) + ")";
      case FMA -> a + ".fma(" + value(x.arg(1)) + ", " + value(x.arg(2)) + ")";
      case AND, OR, XOR -> lanewise(a, x.op().name(), operand(x.arg(1)));
      case NEG -> a + ".neg()";
      case ABS -> a + ".abs()";
      case NOT -> a + ".not()";
      case SQRT -> a + ".lanewise(VectorOperators.SQRT)";
      case SHL -> shift(x, "LSHL");
      case SHR -> shift(x, "ASHR");
      case USHR -> shift(x, "LSHR");
      case SIGN ->
          "%s.blend(1, %s.compare(VectorOperators.GT, 0)).blend(-1, %s.compare(VectorOperators.LT, 0))"
              .formatted(a, a, a);
      case ROUND -> round(a, type);
      case FLOOR -> floor(a, type);
      case CEIL -> ceil(a, type);
      case TRUNC -> {
        String below = floor(local(Types.vector(type), a + ".abs()"), type);
        yield copySign(local(Types.vector(type), below), a, type);
      }
      case COPYSIGN -> copySign(a, value(x.arg(1)), type);
      case FMIN, FMAX -> {
        String b = value(x.arg(1));
        yield "%s.%s(%s).blend(%s, %s.test(VectorOperators.IS_NAN)).blend(%s, %s.test(VectorOperators.IS_NAN))"
            .formatted(a, x.op() == ScalarOp.FMIN ? "min" : "max", b, b, a, a, b);
      }
      case TO_BITS ->
          a + (type == ComputeType.F32 ? ".reinterpretAsInts()" : ".reinterpretAsLongs()");
      case FROM_BITS ->
          a + (type == ComputeType.I32 ? ".reinterpretAsFloats()" : ".reinterpretAsDoubles()");
      default -> throw new IllegalArgumentException(x.op() + " has no vector form");
    };
  }

  private static String lanewise(String a, String operator, String b) {
    return a + ".lanewise(VectorOperators." + operator + ", " + b + ")";
  }

  private String shift(Expr.Apply x, String operator) {
    String a = value(x.arg(0));
    if (x.arg(1) instanceof Expr.Const by) {
      return lanewise(a, operator, "" + by.toLong());
    }
    // The hardware takes shifts modulo the width.
    int width = Types.is64(x.type()) ? 64 : 32;
    String b = value(x.arg(1));
    String beyond =
        local(
            "VectorMask<" + Types.boxed(x.type()) + ">",
            lanewise(b, "AND", "" + -width) + ".compare(VectorOperators.NE, 0)");
    return operator.equals("ASHR")
        ? lanewise(a, operator, b + ".blend(" + (width - 1) + ", " + beyond + ")")
        : lanewise(a, operator, b) + ".blend(0, " + beyond + ")";
  }

  private static String whole(ComputeType type) {
    return type == ComputeType.F32 ? "0x1p23f" : "0x1p52";
  }

  private String copySign(String magnitude, String sign, ComputeType type) {
    boolean f32 = type == ComputeType.F32;
    String reinterpret = f32 ? ".reinterpretAsInts()" : ".reinterpretAsLongs()";
    String min = f32 ? "Integer.MIN_VALUE" : "Long.MIN_VALUE";
    String max = f32 ? "Integer.MAX_VALUE" : "Long.MAX_VALUE";
    return lanewise(
            lanewise(magnitude + reinterpret, "AND", max),
            "OR",
            lanewise(sign + reinterpret, "AND", min))
        + (f32 ? ".reinterpretAsFloats()" : ".reinterpretAsDoubles()");
  }

  /** Adding 2^23 (2^52) to a smaller number drops its fraction, rounding half to even. */
  private String round(String a, ComputeType type) {
    String vector = Types.vector(type);
    String m = local(vector, a + ".abs()");
    String w = whole(type);
    String near = local(vector, m + ".add(" + w + ").sub(" + w + ")");
    String signed = local(vector, copySign(near, a, type));
    return a + ".blend(" + signed + ", " + m + ".compare(VectorOperators.LT, " + w + "))";
  }

  private String floor(String a, ComputeType type) {
    String r = local(Types.vector(type), round(a, type));
    return "%s.blend(%s.sub(1), %s.compare(VectorOperators.GT, %s))".formatted(r, r, r, a);
  }

  private String ceil(String a, ComputeType type) {
    String r = local(Types.vector(type), round(a, type));
    String up =
        local(
            Types.vector(type),
            "%s.blend(%s.add(1), %s.compare(VectorOperators.LT, %s))".formatted(r, r, r, a));
    return copySign(up, a, type);
  }
}
