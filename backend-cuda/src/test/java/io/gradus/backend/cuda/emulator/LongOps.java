package io.gradus.backend.cuda.emulator;

import static io.gradus.backend.cuda.emulator.Instruction.LANES;

import io.gradus.backend.cuda.emulator.Instruction.LongBody;
import java.util.function.LongBinaryOperator;
import java.util.function.LongToIntFunction;
import java.util.function.LongUnaryOperator;
import org.jspecify.annotations.Nullable;

/** Arithmetic and logic of 64 bits. */
final class LongOps {
  private final Operands operands;
  private final Statement s;
  private final PtxType type;

  private LongOps(Operands operands, Statement s, PtxType type) {
    this.operands = operands;
    this.s = s;
    this.type = type;
  }

  static @Nullable Instruction decode(Operands operands, Statement s, PtxType type) {
    LongOps ops = new LongOps(operands, s, type);
    if (s.has("cc")
        || s.name().equals("addc")
        || s.name().equals("subc")
        || s.name().equals("madc")) {
      return Carries.decode(operands, s);
    }
    LongToIntFunction counted = ops.counted();
    if (counted != null) {
      return ops.toInt(counted);
    }
    LongBody body = ops.body();
    return body == null ? null : Instruction.ofLong(operands.q(s, s.operand(0), PtxType.B64), body);
  }

  private int at(int operand) {
    return operands.q(s, s.operand(operand), type);
  }

  private @Nullable LongToIntFunction counted() {
    boolean signed = type.isSigned();
    boolean shift = s.has("shiftamt");
    return switch (s.name()) {
      case "popc" -> Long::bitCount;
      case "clz" -> Long::numberOfLeadingZeros;
      case "bfind" -> x -> BitFields.find(x, signed, shift);
      default -> null;
    };
  }

  private Instruction toInt(LongToIntFunction f) {
    int a = at(1);
    return Instruction.ofInt(
        operands.i(s, s.operand(0), PtxType.B32),
        (w, r, to) -> {
          for (int l = 0; l < LANES; l++) {
            r[to + l] = f.applyAsInt(w.q[a + l]);
          }
        });
  }

  private @Nullable LongBody body() {
    boolean signed = type.isSigned();
    return switch (s.name()) {
      case "add" -> add(at(1), at(2));
      case "sub" -> map2((x, y) -> x - y);
      case "mul" ->
          s.has("hi")
              ? map2(signed ? Math::multiplyHigh : Math::unsignedMultiplyHigh)
              : mul(at(1), at(2));
      case "mad" -> mad();
      case "sad" ->
          plus(
              map2((x, y) -> (signed ? x < y : Long.compareUnsigned(x, y) < 0) ? y - x : x - y),
              at(3));
      case "div" -> map2((x, y) -> y == 0 ? -1 : signed ? x / y : Long.divideUnsigned(x, y));
      case "rem" -> map2((x, y) -> y == 0 ? x : signed ? x % y : Long.remainderUnsigned(x, y));
      case "abs" -> map1(Math::abs);
      case "neg" -> map1(x -> -x);
      case "min" -> map2(signed ? Math::min : (x, y) -> Long.compareUnsigned(x, y) < 0 ? x : y);
      case "max" -> map2(signed ? Math::max : (x, y) -> Long.compareUnsigned(x, y) > 0 ? x : y);
      case "and" -> map2((x, y) -> x & y);
      case "or" -> map2((x, y) -> x | y);
      case "xor" -> map2((x, y) -> x ^ y);
      case "not" -> map1(x -> ~x);
      case "cnot" -> map1(x -> x == 0 ? 1 : 0);
      case "shl" -> shift((x, n) -> n >>> 6 != 0 ? 0 : x << n);
      case "shr" ->
          shift(
              signed
                  ? (x, n) -> x >> (n >>> 6 != 0 ? 63 : n)
                  : (x, n) -> n >>> 6 != 0 ? 0 : x >>> n);
      case "brev" -> map1(Long::reverse);
      case "bfe" -> field(signed);
      case "bfi" -> insert();
      default -> null;
    };
  }

  private LongBody map1(LongUnaryOperator f) {
    int a = at(1);
    return (w, q, to) -> {
      for (int l = 0; l < LANES; l++) {
        q[to + l] = f.applyAsLong(q[a + l]);
      }
    };
  }

  private LongBody map2(LongBinaryOperator f) {
    int a = at(1);
    int b = at(2);
    return (w, q, to) -> {
      for (int l = 0; l < LANES; l++) {
        q[to + l] = f.applyAsLong(q[a + l], q[b + l]);
      }
    };
  }

  private static LongBody plus(LongBody first, int c) {
    return (w, q, to) -> {
      long[] addend = java.util.Arrays.copyOfRange(q, c, c + LANES);
      first.run(w, q, to);
      for (int l = 0; l < LANES; l++) {
        q[to + l] += addend[l];
      }
    };
  }

  /** A shift, whose count has 32 bits. */
  private LongBody shift(LongBinaryOperator f) {
    int a = at(1);
    int b = operands.i(s, s.operand(2), PtxType.U32);
    return (w, q, to) -> {
      int[] r = w.r;
      for (int l = 0; l < LANES; l++) {
        q[to + l] = f.applyAsLong(q[a + l], r[b + l] & 0xffffffffL);
      }
    };
  }

  private static LongBody add(int a, int b) {
    return (w, q, to) -> {
      for (int l = 0; l < LANES; l++) {
        q[to + l] = q[a + l] + q[b + l];
      }
    };
  }

  private static LongBody mul(int a, int b) {
    return (w, q, to) -> {
      for (int l = 0; l < LANES; l++) {
        q[to + l] = q[a + l] * q[b + l];
      }
    };
  }

  private LongBody mad() {
    if (s.has("hi")) {
      return plus(map2(type.isSigned() ? Math::multiplyHigh : Math::unsignedMultiplyHigh), at(3));
    }
    int a = at(1);
    int b = at(2);
    int c = at(3);
    return (w, q, to) -> {
      for (int l = 0; l < LANES; l++) {
        q[to + l] = q[a + l] * q[b + l] + q[c + l];
      }
    };
  }

  private LongBody field(boolean signed) {
    int a = at(1);
    int b = operands.i(s, s.operand(2), PtxType.U32);
    int c = operands.i(s, s.operand(3), PtxType.U32);
    return (w, q, to) -> {
      for (int l = 0; l < LANES; l++) {
        q[to + l] = BitFields.extract(q[a + l], w.r[b + l], w.r[c + l], 64, signed);
      }
    };
  }

  private LongBody insert() {
    int a = at(1);
    int b = at(2);
    int c = operands.i(s, s.operand(3), PtxType.U32);
    int d = operands.i(s, s.operand(4), PtxType.U32);
    return (w, q, to) -> {
      for (int l = 0; l < LANES; l++) {
        q[to + l] = BitFields.insert(q[a + l], q[b + l], w.r[c + l], w.r[d + l], 64);
      }
    };
  }
}
