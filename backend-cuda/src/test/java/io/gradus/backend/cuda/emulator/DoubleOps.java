package io.gradus.backend.cuda.emulator;

import static io.gradus.backend.cuda.emulator.Instruction.LANES;
import static java.lang.Double.doubleToRawLongBits;
import static java.lang.Double.longBitsToDouble;

import io.gradus.backend.cuda.emulator.Instruction.LongBody;
import org.jspecify.annotations.Nullable;

/** Arithmetic of {@code f64}. */
final class DoubleOps {
  private final Operands operands;
  private final Statement s;

  private DoubleOps(Operands operands, Statement s) {
    this.operands = operands;
    this.s = s;
  }

  static @Nullable Instruction decode(Operands operands, Statement s) {
    DoubleOps ops = new DoubleOps(operands, s);
    LongBody body = Rounding.of(s) == Rounding.NEAREST ? ops.fast() : null;
    if (body == null) {
      Function3 f = ops.function();
      body = f == null ? null : ops.lanes(f);
    }
    return body == null ? null : Instruction.ofLong(operands.q(s, s.operand(0), PtxType.F64), body);
  }

  /** A function of up to three numbers. */
  interface Function3 {
    double apply(double a, double b, double c);
  }

  private int at(int operand) {
    return operands.q(s, s.operand(operand), PtxType.F64);
  }

  private @Nullable LongBody fast() {
    return switch (s.name()) {
      case "add" -> add(at(1), at(2));
      case "mul" -> mul(at(1), at(2));
      case "fma", "mad" -> fma(at(1), at(2), at(3));
      default -> null;
    };
  }

  private static LongBody add(int a, int b) {
    return (w, q, to) -> {
      for (int l = 0; l < LANES; l++) {
        q[to + l] = doubleToRawLongBits(longBitsToDouble(q[a + l]) + longBitsToDouble(q[b + l]));
      }
    };
  }

  private static LongBody mul(int a, int b) {
    return (w, q, to) -> {
      for (int l = 0; l < LANES; l++) {
        q[to + l] = doubleToRawLongBits(longBitsToDouble(q[a + l]) * longBitsToDouble(q[b + l]));
      }
    };
  }

  private static LongBody fma(int a, int b, int c) {
    return (w, q, to) -> {
      for (int l = 0; l < LANES; l++) {
        q[to + l] =
            doubleToRawLongBits(
                Math.fma(
                    longBitsToDouble(q[a + l]),
                    longBitsToDouble(q[b + l]),
                    longBitsToDouble(q[c + l])));
      }
    };
  }

  private LongBody lanes(Function3 f) {
    int a = at(1);
    int b = s.operands().size() > 2 ? at(2) : a;
    int c = s.operands().size() > 3 ? at(3) : a;
    return (w, q, to) -> {
      for (int l = 0; l < LANES; l++) {
        q[to + l] =
            doubleToRawLongBits(
                f.apply(
                    longBitsToDouble(q[a + l]),
                    longBitsToDouble(q[b + l]),
                    longBitsToDouble(q[c + l])));
      }
    };
  }

  private @Nullable Function3 function() {
    Rounding to = Rounding.of(s);
    return switch (s.name()) {
      case "add" -> (a, b, c) -> to.add(a, b);
      case "sub" -> (a, b, c) -> to.add(a, -b);
      case "mul" -> (a, b, c) -> to.fma(a, b, -0d);
      case "fma", "mad" -> to::fma;
      case "div" -> (a, b, c) -> to.divide(a, b);
      case "rcp" -> (a, b, c) -> to.divide(1d, a);
      case "sqrt" -> (a, b, c) -> to.sqrt(a);
      case "rsqrt" -> (a, b, c) -> 1 / Math.sqrt(a);
      case "abs" -> (a, b, c) -> Math.abs(a);
      case "neg" -> (a, b, c) -> -a;
      case "copysign" -> (a, b, c) -> Math.copySign(b, a);
      case "min" -> (a, b, c) -> Double.isNaN(a) ? b : Double.isNaN(b) ? a : Math.min(a, b);
      case "max" -> (a, b, c) -> Double.isNaN(a) ? b : Double.isNaN(b) ? a : Math.max(a, b);
      default -> null;
    };
  }
}
