package io.gradus.backend.cuda.emulator;

import static io.gradus.backend.cuda.emulator.Instruction.LANES;
import static java.lang.Float.intBitsToFloat;

import io.gradus.backend.cuda.emulator.Instruction.IntBody;
import org.jspecify.annotations.Nullable;

/**
 * Arithmetic of {@code f32}: PTX ISA, "Floating Point Instructions". Results that are NaN have the
 * bits that hardware gives them, {@code 0x7fffffff}. The approximate functions are computed in
 * double: closer than hardware, whose last bits are not documented.
 */
final class FloatOps {
  static final int NAN = 0x7fffffff;

  private final Operands operands;
  private final Statement s;

  private FloatOps(Operands operands, Statement s) {
    this.operands = operands;
    this.s = s;
  }

  static @Nullable Instruction decode(Operands operands, Statement s) {
    FloatOps ops = new FloatOps(operands, s);
    boolean plain = !s.has("ftz") && !s.has("sat") && Rounding.of(s) == Rounding.NEAREST;
    IntBody body = plain ? ops.fast() : null;
    if (body == null) {
      Function3 f = ops.function();
      body = f == null ? null : ops.lanes(f);
    }
    return body == null ? null : Instruction.ofInt(operands.i(s, s.operand(0), PtxType.F32), body);
  }

  /** A function of up to three numbers. */
  interface Function3 {
    float apply(float a, float b, float c);
  }

  static int bits(float x) {
    return Float.isNaN(x) ? NAN : Float.floatToRawIntBits(x);
  }

  static float flush(float x) {
    return Math.abs(x) < Float.MIN_NORMAL ? Math.copySign(0f, x) : x;
  }

  private int at(int operand) {
    return operands.i(s, s.operand(operand), PtxType.F32);
  }

  private @Nullable IntBody fast() {
    return switch (s.name()) {
      case "add" -> add(at(1), at(2));
      case "sub" -> sub(at(1), at(2));
      case "mul" -> mul(at(1), at(2));
      case "fma", "mad" -> fma(at(1), at(2), at(3));
      case "div" -> s.has("rn") ? div(at(1), at(2)) : null;
      case "abs" -> abs(at(1));
      case "neg" -> neg(at(1));
      default -> null;
    };
  }

  private static IntBody add(int a, int b) {
    return (w, r, to) -> {
      for (int l = 0; l < LANES; l++) {
        r[to + l] = bits(intBitsToFloat(r[a + l]) + intBitsToFloat(r[b + l]));
      }
    };
  }

  private static IntBody sub(int a, int b) {
    return (w, r, to) -> {
      for (int l = 0; l < LANES; l++) {
        r[to + l] = bits(intBitsToFloat(r[a + l]) - intBitsToFloat(r[b + l]));
      }
    };
  }

  private static IntBody mul(int a, int b) {
    return (w, r, to) -> {
      for (int l = 0; l < LANES; l++) {
        r[to + l] = bits(intBitsToFloat(r[a + l]) * intBitsToFloat(r[b + l]));
      }
    };
  }

  private static IntBody fma(int a, int b, int c) {
    return (w, r, to) -> {
      for (int l = 0; l < LANES; l++) {
        r[to + l] =
            bits(
                Math.fma(
                    intBitsToFloat(r[a + l]), intBitsToFloat(r[b + l]), intBitsToFloat(r[c + l])));
      }
    };
  }

  private static IntBody div(int a, int b) {
    return (w, r, to) -> {
      for (int l = 0; l < LANES; l++) {
        r[to + l] = bits(intBitsToFloat(r[a + l]) / intBitsToFloat(r[b + l]));
      }
    };
  }

  private static IntBody abs(int a) {
    return (w, r, to) -> {
      for (int l = 0; l < LANES; l++) {
        r[to + l] = r[a + l] & Integer.MAX_VALUE;
      }
    };
  }

  private static IntBody neg(int a) {
    return (w, r, to) -> {
      for (int l = 0; l < LANES; l++) {
        r[to + l] = r[a + l] ^ Integer.MIN_VALUE;
      }
    };
  }

  private IntBody lanes(Function3 f) {
    int a = at(1);
    int b = s.operands().size() > 2 ? at(2) : a;
    int c = s.operands().size() > 3 ? at(3) : a;
    boolean ftz = s.has("ftz");
    boolean sat = s.has("sat");
    return (w, r, to) -> {
      for (int l = 0; l < LANES; l++) {
        float x = intBitsToFloat(r[a + l]);
        float y = intBitsToFloat(r[b + l]);
        float z = intBitsToFloat(r[c + l]);
        float result = ftz ? flush(f.apply(flush(x), flush(y), flush(z))) : f.apply(x, y, z);
        if (sat) {
          result = result > 0 ? Math.min(result, 1f) : 0f;
        }
        r[to + l] = bits(result);
      }
    };
  }

  private @Nullable Function3 function() {
    Rounding to = Rounding.of(s);
    return switch (s.name()) {
      case "add" -> (a, b, c) -> to.add(a, b);
      case "sub" -> (a, b, c) -> to.add(a, -b);
      case "mul" -> (a, b, c) -> to.fma(a, b, -0f);
      case "fma", "mad" -> to::fma;
      case "div" -> (a, b, c) -> to.divide(a, b);
      case "rcp" -> (a, b, c) -> to.divide(1f, a);
      case "sqrt" -> (a, b, c) -> to.sqrt(a);
      case "rsqrt" -> (a, b, c) -> (float) (1 / Math.sqrt(a));
      case "sin" -> (a, b, c) -> (float) Math.sin(a);
      case "cos" -> (a, b, c) -> (float) Math.cos(a);
      case "tanh" -> (a, b, c) -> (float) Math.tanh(a);
      case "lg2" -> (a, b, c) -> (float) (Math.log(a) / Math.log(2));
      case "ex2" -> (a, b, c) -> (float) Math.pow(2, a);
      case "abs" -> (a, b, c) -> Math.abs(a);
      case "neg" -> (a, b, c) -> -a;
      case "copysign" -> (a, b, c) -> Math.copySign(b, a);
      case "min" -> extreme(true);
      case "max" -> extreme(false);
      default -> null;
    };
  }

  private Function3 extreme(boolean least) {
    boolean nan = s.has("NaN");
    boolean three = s.operands().size() > 3;
    boolean xorSign = s.has("xorsign");
    Function3 two =
        (a, b, c) -> {
          if (Float.isNaN(a) || Float.isNaN(b)) {
            return nan || Float.isNaN(a) && Float.isNaN(b) ? Float.NaN : Float.isNaN(a) ? b : a;
          }
          return least ? Math.min(a, b) : Math.max(a, b);
        };
    if (xorSign) {
      return (a, b, c) ->
          Math.copySign(
              two.apply(Math.abs(a), Math.abs(b), c),
              intBitsToFloat(Float.floatToRawIntBits(a) ^ Float.floatToRawIntBits(b)));
    }
    return three ? (a, b, c) -> two.apply(two.apply(a, b, c), c, c) : two;
  }
}
