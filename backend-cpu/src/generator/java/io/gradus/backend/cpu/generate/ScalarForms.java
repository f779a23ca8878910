package io.gradus.backend.cpu.generate;

import io.gradus.tensor.dtype.ComputeType;
import io.gradus.tensor.kernel.ScalarOp;

/** The operations that are a few characters of Java. */
final class ScalarForms {
  private ScalarForms() {}

  /** A Java expression, or null for what only {@code ScalarMeaning} can do. */
  static String of(ScalarOp op, ComputeType type, String a, String b, String c) {
    String box = Types.boxed(type);
    String narrow = type == ComputeType.F32 ? "(float) " : "";
    return switch (op) {
      case ADD -> a + " + " + b;
      case SUB -> a + " - " + b;
      case MUL -> a + " * " + b;
      case NEG -> "-" + a;
      case ABS -> "Math.abs(" + a + ")";
      case SIGN -> type.isFloating() ? "Math.signum(" + a + ")" : box + ".signum(" + a + ")";
      case MIN -> "Math.min(" + a + ", " + b + ")";
      case MAX -> "Math.max(" + a + ", " + b + ")";
      case FMOD -> a + " % " + b;
      case DIV, IDIV -> a + " / " + b;
      case FMA -> "Math.fma(" + a + ", " + b + ", " + c + ")";
      case SQRT -> narrow + "Math.sqrt(" + a + ")";
      case FLOOR -> narrow + "Math.floor(" + a + ")";
      case CEIL -> narrow + "Math.ceil(" + a + ")";
      case ROUND -> narrow + "Math.rint(" + a + ")";
      case TRUNC -> narrow + "(" + a + " < 0 ? Math.ceil(" + a + ") : Math.floor(" + a + "))";
      case FMIN, FMAX ->
          "(%s.isNaN(%s) ? %s : %s.isNaN(%s) ? %s : Math.%s(%s, %s))"
              .formatted(box, a, b, box, b, a, op == ScalarOp.FMIN ? "min" : "max", a, b);
      case COPYSIGN -> "Math.copySign(" + a + ", " + b + ")";
      case NEXTAFTER -> "Math.nextAfter(" + a + ", " + b + ")";
      case AND -> a + " & " + b;
      case OR -> a + " | " + b;
      case XOR -> a + " ^ " + b;
      case NOT -> "~" + a;
      case SHL -> shift(type, a, "<<", b, "0");
      case SHR -> shift(type, a, ">>", b, a + " >> " + (Types.is64(type) ? 63 : 31));
      case USHR -> shift(type, a, ">>>", b, "0");
      case EQ -> "(" + a + " == " + b + " ? 1 : 0)";
      case NE -> "(" + a + " != " + b + " ? 1 : 0)";
      case LT -> "(" + a + " < " + b + " ? 1 : 0)";
      case LE -> "(" + a + " <= " + b + " ? 1 : 0)";
      case GT -> "(" + a + " > " + b + " ? 1 : 0)";
      case GE -> "(" + a + " >= " + b + " ? 1 : 0)";
      case WHERE -> "(" + a + " != 0 ? " + b + " : " + c + ")";
      case TO_BITS ->
          type == ComputeType.F32
              ? "Float.floatToRawIntBits(" + a + ")"
              : "Double.doubleToRawLongBits(" + a + ")";
      case FROM_BITS ->
          type == ComputeType.I32
              ? "Float.intBitsToFloat(" + a + ")"
              : "Double.longBitsToDouble(" + a + ")";
      default -> null;
    };
  }

  private static String shift(ComputeType type, String a, String op, String b, String beyond) {
    int width = Types.is64(type) ? 64 : 32;
    return "(%s >= 0 && %s < %d ? %s %s %s : %s)".formatted(b, b, width, a, op, b, beyond);
  }

  /** The operator of a comparison, or null. */
  static String comparison(ScalarOp op) {
    return switch (op) {
      case EQ -> "==";
      case NE -> "!=";
      case LT -> "<";
      case LE -> "<=";
      case GT -> ">";
      case GE -> ">=";
      default -> null;
    };
  }
}
