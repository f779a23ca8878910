package io.gradus.backend.cuda.emulator;

import static io.gradus.backend.cuda.emulator.Instruction.LANES;

import org.jspecify.annotations.Nullable;

/** Arithmetic of {@code f16} and {@code bf16}, one or two in a register. */
final class HalfOps {
  private HalfOps() {}

  static @Nullable Instruction decode(Operands operands, Statement s, PtxType type) {
    DoubleOps.Function3 f = function(s);
    if (f == null) {
      return null;
    }
    int to = operands.i(s, s.operand(0), type);
    int a = operands.i(s, s.operand(1), type);
    int b = s.operands().size() > 2 ? operands.i(s, s.operand(2), type) : a;
    int c = s.operands().size() > 3 ? operands.i(s, s.operand(3), type) : a;
    boolean two = type == PtxType.F16X2 || type == PtxType.BF16X2;
    return Instruction.ofInt(
        to,
        (w, r, d) -> {
          for (int l = 0; l < LANES; l++) {
            int low = apply(f, type, r[a + l] & 0xffff, r[b + l] & 0xffff, r[c + l] & 0xffff);
            r[d + l] =
                two
                    ? low | apply(f, type, r[a + l] >>> 16, r[b + l] >>> 16, r[c + l] >>> 16) << 16
                    : low;
          }
        });
  }

  private static int apply(DoubleOps.Function3 f, PtxType type, int a, int b, int c) {
    double x = f.apply(Halves.decode(type, a), Halves.decode(type, b), Halves.decode(type, c));
    return Halves.encode(type, x, Rounding.NEAREST);
  }

  /** Sums and products of two halves are exact in double; so one rounding remains. */
  private static DoubleOps.@Nullable Function3 function(Statement s) {
    boolean relu = s.has("relu");
    boolean nan = s.has("NaN");
    DoubleOps.Function3 f =
        switch (s.name()) {
          case "add" -> (a, b, c) -> a + b;
          case "sub" -> (a, b, c) -> a - b;
          case "mul" -> (a, b, c) -> a * b;
          case "fma" -> HalfOps::fma;
          case "neg" -> (a, b, c) -> -a;
          case "abs" -> (a, b, c) -> Math.abs(a);
          case "min" ->
              (a, b, c) -> Double.isNaN(a) || Double.isNaN(b) ? either(a, b, nan) : Math.min(a, b);
          case "max" ->
              (a, b, c) -> Double.isNaN(a) || Double.isNaN(b) ? either(a, b, nan) : Math.max(a, b);
          case "ex2" -> (a, b, c) -> Math.pow(2, a);
          case "tanh" -> (a, b, c) -> Math.tanh(a);
          default -> null;
        };
    return f == null || !relu ? f : (a, b, c) -> Math.max(f.apply(a, b, c), 0.0);
  }

  private static double either(double a, double b, boolean nan) {
    return nan || Double.isNaN(a) && Double.isNaN(b) ? Double.NaN : Double.isNaN(a) ? b : a;
  }

  /** Rounded to odd, so that the rounding to 16 bits that follows is the only one. */
  private static double fma(double a, double b, double c) {
    double product = a * b;
    double sum = product + c;
    if (!Double.isFinite(sum)) {
      return sum;
    }
    double t = sum - product;
    double error = (product - (sum - t)) + (c - t);
    long bits = Double.doubleToRawLongBits(sum);
    if (error != 0 && (bits & 1) == 0) {
      return Math.nextAfter(sum, error > 0 ? Double.POSITIVE_INFINITY : Double.NEGATIVE_INFINITY);
    }
    return sum;
  }
}
