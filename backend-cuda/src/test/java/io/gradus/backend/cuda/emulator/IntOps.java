package io.gradus.backend.cuda.emulator;

import static io.gradus.backend.cuda.emulator.Instruction.LANES;

import io.gradus.backend.cuda.emulator.Instruction.IntBody;
import java.util.function.IntBinaryOperator;
import java.util.function.IntUnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Arithmetic and logic of 32 bits: PTX ISA, "Integer Arithmetic", "Logic and Shift". The frequent
 * instructions have a loop of their own, as one shared by several is many times slower.
 */
final class IntOps {
  private final Operands operands;
  private final Statement s;
  private final PtxType type;

  private IntOps(Operands operands, Statement s, PtxType type) {
    this.operands = operands;
    this.s = s;
    this.type = type;
  }

  static @Nullable Instruction decode(Operands operands, Statement s, PtxType type) {
    return new IntOps(operands, s, type).decode();
  }

  private @Nullable Instruction decode() {
    if (s.has("wide")) {
      return wide();
    }
    if (s.has("cc")
        || s.name().equals("addc")
        || s.name().equals("subc")
        || s.name().equals("madc")) {
      return Carries.decode(operands, s);
    }
    IntBody body = body();
    return body == null ? null : Instruction.ofInt(operands.i(s, s.operand(0), PtxType.B32), body);
  }

  private int at(int operand) {
    return operands.i(s, s.operand(operand), type);
  }

  private @Nullable IntBody body() {
    boolean signed = type.isSigned();
    return switch (s.name()) {
      case "add" -> s.has("sat") ? saturated(false) : add(at(1), at(2));
      case "sub" -> s.has("sat") ? saturated(true) : sub(at(1), at(2));
      case "mul" -> s.has("hi") ? high(signed) : mul(at(1), at(2));
      case "mul24" -> map2((x, y) -> (int) product24(x, y, signed));
      case "mad" -> s.has("hi") ? plus(high(signed), at(3)) : mad(at(1), at(2), at(3));
      case "mad24" -> plus(map2((x, y) -> (int) product24(x, y, signed)), at(3));
      case "sad" ->
          plus(
              map2((x, y) -> (signed ? x < y : Integer.compareUnsigned(x, y) < 0) ? y - x : x - y),
              at(3));
      case "div" -> map2(signed ? IntOps::divide : IntOps::divideUnsigned);
      case "rem" -> map2(signed ? IntOps::remainder : IntOps::remainderUnsigned);
      case "abs" -> map1(Math::abs);
      case "neg" -> map1(x -> -x);
      case "min" -> map2(signed ? Math::min : (x, y) -> Integer.compareUnsigned(x, y) < 0 ? x : y);
      case "max" -> map2(signed ? Math::max : (x, y) -> Integer.compareUnsigned(x, y) > 0 ? x : y);
      case "and" -> and(at(1), at(2));
      case "or" -> or(at(1), at(2));
      case "xor" -> xor(at(1), at(2));
      case "not" -> map1(x -> ~x);
      case "cnot" -> map1(x -> x == 0 ? 1 : 0);
      case "shl" -> shl(at(1), at(2));
      case "shr" -> signed ? shrSigned(at(1), at(2)) : shrUnsigned(at(1), at(2));
      case "shf" -> funnel();
      case "lop3" -> logic3();
      case "prmt" -> permute();
      case "popc" -> map1(Integer::bitCount);
      case "clz" -> map1(Integer::numberOfLeadingZeros);
      case "brev" -> map1(Integer::reverse);
      case "bfind" -> map1(BitFields.find(signed, s.has("shiftamt")));
      case "bfe" -> map3((x, b, c) -> (int) BitFields.extract(x, b, c, 32, signed));
      case "bfi" -> insert();
      case "dp4a" -> dot4();
      case "bmsk" -> map2((x, y) -> y >= 32 ? -1 << x : ((1 << y) - 1) << x);
      case "szext" -> map2((x, y) -> (int) BitFields.extract(x, 0, y, 32, signed));
      default -> null;
    };
  }

  static int divide(int x, int y) {
    return y == 0 ? -1 : x / y;
  }

  static int divideUnsigned(int x, int y) {
    return y == 0 ? -1 : Integer.divideUnsigned(x, y);
  }

  static int remainder(int x, int y) {
    return y == 0 ? x : x % y;
  }

  static int remainderUnsigned(int x, int y) {
    return y == 0 ? x : Integer.remainderUnsigned(x, y);
  }

  private static long product24(int x, int y, boolean signed) {
    return signed ? (long) (x << 8 >> 8) * (y << 8 >> 8) : (long) (x & 0xffffff) * (y & 0xffffff);
  }

  /** A function of three integers. */
  interface IntTernaryOperator {
    int apply(int a, int b, int c);
  }

  private IntBody map1(IntUnaryOperator f) {
    int a = at(1);
    return (w, r, to) -> {
      for (int l = 0; l < LANES; l++) {
        r[to + l] = f.applyAsInt(r[a + l]);
      }
    };
  }

  private IntBody map2(IntBinaryOperator f) {
    int a = at(1);
    int b = at(2);
    return (w, r, to) -> {
      for (int l = 0; l < LANES; l++) {
        r[to + l] = f.applyAsInt(r[a + l], r[b + l]);
      }
    };
  }

  private IntBody map3(IntTernaryOperator f) {
    int a = at(1);
    int b = at(2);
    int c = at(3);
    return (w, r, to) -> {
      for (int l = 0; l < LANES; l++) {
        r[to + l] = f.apply(r[a + l], r[b + l], r[c + l]);
      }
    };
  }

  private static IntBody plus(IntBody first, int c) {
    return (w, r, to) -> {
      int[] addend = java.util.Arrays.copyOfRange(r, c, c + LANES);
      first.run(w, r, to);
      for (int l = 0; l < LANES; l++) {
        r[to + l] += addend[l];
      }
    };
  }

  private static IntBody add(int a, int b) {
    return (w, r, to) -> {
      for (int l = 0; l < LANES; l++) {
        r[to + l] = r[a + l] + r[b + l];
      }
    };
  }

  private static IntBody sub(int a, int b) {
    return (w, r, to) -> {
      for (int l = 0; l < LANES; l++) {
        r[to + l] = r[a + l] - r[b + l];
      }
    };
  }

  private static IntBody mul(int a, int b) {
    return (w, r, to) -> {
      for (int l = 0; l < LANES; l++) {
        r[to + l] = r[a + l] * r[b + l];
      }
    };
  }

  private static IntBody mad(int a, int b, int c) {
    return (w, r, to) -> {
      for (int l = 0; l < LANES; l++) {
        r[to + l] = r[a + l] * r[b + l] + r[c + l];
      }
    };
  }

  private static IntBody and(int a, int b) {
    return (w, r, to) -> {
      for (int l = 0; l < LANES; l++) {
        r[to + l] = r[a + l] & r[b + l];
      }
    };
  }

  private static IntBody or(int a, int b) {
    return (w, r, to) -> {
      for (int l = 0; l < LANES; l++) {
        r[to + l] = r[a + l] | r[b + l];
      }
    };
  }

  private static IntBody xor(int a, int b) {
    return (w, r, to) -> {
      for (int l = 0; l < LANES; l++) {
        r[to + l] = r[a + l] ^ r[b + l];
      }
    };
  }

  private static IntBody shl(int a, int b) {
    return (w, r, to) -> {
      for (int l = 0; l < LANES; l++) {
        int n = r[b + l];
        r[to + l] = n >>> 5 != 0 ? 0 : r[a + l] << n;
      }
    };
  }

  private static IntBody shrSigned(int a, int b) {
    return (w, r, to) -> {
      for (int l = 0; l < LANES; l++) {
        int n = r[b + l];
        r[to + l] = r[a + l] >> (n >>> 5 != 0 ? 31 : n);
      }
    };
  }

  private static IntBody shrUnsigned(int a, int b) {
    return (w, r, to) -> {
      for (int l = 0; l < LANES; l++) {
        int n = r[b + l];
        r[to + l] = n >>> 5 != 0 ? 0 : r[a + l] >>> n;
      }
    };
  }

  private IntBody high(boolean signed) {
    int a = at(1);
    int b = at(2);
    return signed
        ? (w, r, to) -> {
          for (int l = 0; l < LANES; l++) {
            r[to + l] = (int) ((long) r[a + l] * r[b + l] >> 32);
          }
        }
        : (w, r, to) -> {
          for (int l = 0; l < LANES; l++) {
            r[to + l] = (int) ((r[a + l] & 0xffffffffL) * (r[b + l] & 0xffffffffL) >>> 32);
          }
        };
  }

  private IntBody saturated(boolean subtract) {
    return map2(
        (x, y) ->
            (int)
                Math.clamp(
                    subtract ? (long) x - y : (long) x + y, Integer.MIN_VALUE, Integer.MAX_VALUE));
  }

  private IntBody funnel() {
    boolean clamp = s.has("clamp");
    boolean left = s.has("l");
    return map3(
        (lo, hi, n) -> {
          int by = clamp ? (n >>> 5 != 0 ? 32 : n) : n & 31;
          long both = (long) hi << 32 | lo & 0xffffffffL;
          return left ? (int) (both << by >>> 32) : (int) (both >>> by);
        });
  }

  private IntBody logic3() {
    int table = (int) Literals.parse(s.operand(4), PtxType.B32);
    return map3(
        (a, b, c) -> {
          int x = 0;
          for (int i = 0; i < 8; i++) {
            if ((table >> i & 1) != 0) {
              x |= ((i & 4) != 0 ? a : ~a) & ((i & 2) != 0 ? b : ~b) & ((i & 1) != 0 ? c : ~c);
            }
          }
          return x;
        });
  }

  private IntBody permute() {
    if (!s.opcode().getLast().equals("b32")) {
      throw new PtxException("only the general mode of prmt is known here");
    }
    return map3(
        (a, b, c) -> {
          long both = (long) b << 32 | a & 0xffffffffL;
          int x = 0;
          for (int i = 0; i < 4; i++) {
            int selector = c >>> 4 * i & 15;
            int picked = (int) (both >>> 8 * (selector & 7)) & 255;
            x |= ((selector & 8) != 0 ? (byte) picked >> 7 & 255 : picked) << 8 * i;
          }
          return x;
        });
  }

  private IntBody insert() {
    int d = at(4);
    int c = at(3);
    int a = at(1);
    int b = at(2);
    return (w, r, to) -> {
      for (int l = 0; l < LANES; l++) {
        r[to + l] = (int) BitFields.insert(r[a + l], r[b + l], r[c + l], r[d + l], 32);
      }
    };
  }

  private IntBody dot4() {
    boolean signedA = s.opcode().get(1).equals("s32");
    boolean signedB = s.opcode().get(2).equals("s32");
    return map3(
        (a, b, c) -> {
          int sum = c;
          for (int i = 0; i < 32; i += 8) {
            int x = a >>> i & 255;
            int y = b >>> i & 255;
            sum += (signedA ? (byte) x : x) * (signedB ? (byte) y : y);
          }
          return sum;
        });
  }

  /** The whole product of two numbers of 32 bits, perhaps added to one of 64. */
  private Instruction wide() {
    int a = at(1);
    int b = at(2);
    int to = operands.q(s, s.operand(0), PtxType.B64);
    boolean signed = type.isSigned();
    if (s.name().equals("mad")) {
      int c = operands.q(s, s.operand(3), signed ? PtxType.S64 : PtxType.U64);
      return Instruction.ofLong(
          to,
          (w, q, d) -> {
            for (int l = 0; l < LANES; l++) {
              long x = w.r[a + l];
              long y = w.r[b + l];
              q[d + l] = q[c + l] + (signed ? x * y : (x & 0xffffffffL) * (y & 0xffffffffL));
            }
          });
    }
    return Instruction.ofLong(
        to,
        signed
            ? (w, q, d) -> {
              int[] r = w.r;
              for (int l = 0; l < LANES; l++) {
                q[d + l] = (long) r[a + l] * r[b + l];
              }
            }
            : (w, q, d) -> {
              int[] r = w.r;
              for (int l = 0; l < LANES; l++) {
                q[d + l] = (r[a + l] & 0xffffffffL) * (r[b + l] & 0xffffffffL);
              }
            });
  }
}
