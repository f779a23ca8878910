package io.gradus.backend.cuda.emulator;

import static io.gradus.backend.cuda.emulator.Instruction.LANES;

import java.util.function.IntBinaryOperator;
import org.jspecify.annotations.Nullable;

/** Arithmetic and logic of 16 bits, whose registers hold them with zeros above. */
final class NarrowOps {
  private NarrowOps() {}

  static @Nullable Instruction decode(Operands operands, Statement s, PtxType type) {
    int a = operands.i(s, s.operand(1), type);
    boolean unary = s.operands().size() == 2;
    PtxType second = s.name().startsWith("sh") ? PtxType.U32 : type;
    int b = unary ? a : operands.i(s, s.operand(2), second);
    boolean wide = s.has("wide");
    boolean mad = s.name().equals("mad");
    int c = mad ? operands.i(s, s.operand(3), wide ? PtxType.B32 : type) : a;
    int to = operands.i(s, s.operand(0), wide ? PtxType.B32 : type);
    IntBinaryOperator f = function(s, type);
    return f == null
        ? null
        : Instruction.ofInt(
            to,
            (w, r, d) -> {
              for (int l = 0; l < LANES; l++) {
                int x = f.applyAsInt(type.extend(r[a + l]), second.extend(r[b + l]));
                x += mad ? r[c + l] : 0;
                r[d + l] = wide ? x : x & 0xffff;
              }
            });
  }

  private static @Nullable IntBinaryOperator function(Statement s, PtxType type) {
    return switch (s.name()) {
      case "add" -> (x, y) -> x + y;
      case "sub" -> (x, y) -> x - y;
      case "mul", "mad" -> s.has("hi") ? (x, y) -> x * y >> 16 : (x, y) -> x * y;
      case "div" -> IntOps::divide;
      case "rem" -> IntOps::remainder;
      case "min" -> Math::min;
      case "max" -> Math::max;
      case "abs" -> (x, y) -> Math.abs(x);
      case "neg" -> (x, y) -> -x;
      case "and" -> (x, y) -> x & y;
      case "or" -> (x, y) -> x | y;
      case "xor" -> (x, y) -> x ^ y;
      case "not" -> (x, y) -> ~x;
      case "cnot" -> (x, y) -> x == 0 ? 1 : 0;
      case "shl" -> (x, y) -> y >>> 4 != 0 ? 0 : x << y;
      case "shr" -> (x, y) -> y >>> 4 != 0 ? (type.isSigned() ? x >> 15 : 0) : x >> y;
      default -> null;
    };
  }
}
