package io.gradus.backend.cuda.emulator;

import static io.gradus.backend.cuda.emulator.Instruction.LANES;

import java.util.Arrays;

/** Arithmetic in several words: PTX ISA, "Extended-Precision Integer Arithmetic". */
final class Carries {
  private Carries() {}

  static Instruction decode(Operands operands, Statement s) {
    PtxType type = s.type();
    boolean wide = type.isWide();
    int to = at(operands, s, 0, wide);
    int a = at(operands, s, 1, wide);
    int b = at(operands, s, 2, wide);
    boolean multiply = s.name().startsWith("mad");
    boolean high = s.has("hi");
    int c = multiply ? at(operands, s, 3, wide) : 0;
    boolean sets = s.has("cc");
    boolean takes = s.name().endsWith("c");
    boolean subtract = s.name().startsWith("sub");
    boolean signed = type.isSigned();
    return Instruction.of(
        (w, mask) -> {
          for (int m = mask; m != 0; m &= m - 1) {
            int l = Integer.numberOfTrailingZeros(m);
            long x = value(w, a + l, wide);
            long y = value(w, b + l, wide);
            if (multiply) {
              x = product(x, y, wide, high, signed);
              y = value(w, c + l, wide);
            }
            long in = takes ? w.carry >>> l & 1 : 0;
            long sum = subtract ? x - y - in : x + y + in;
            boolean out;
            if (wide) {
              out =
                  subtract
                      ? Long.compareUnsigned(x, y) < 0 || x == y && in != 0
                      : Long.compareUnsigned(sum, x) < 0 || sum == x && in != 0;
              w.q[to + l] = sum;
            } else {
              out = (sum >>> 32 & 1) != 0;
              w.r[to + l] = (int) sum;
            }
            if (sets) {
              w.carry = out ? w.carry | 1 << l : w.carry & ~(1 << l);
            }
          }
        });
  }

  private static int at(Operands operands, Statement s, int i, boolean wide) {
    return wide
        ? operands.q(s, s.operand(i), PtxType.B64)
        : operands.i(s, s.operand(i), PtxType.B32);
  }

  private static long value(Warp w, int at, boolean wide) {
    return wide ? w.q[at] : w.r[at] & 0xffffffffL;
  }

  private static long product(long x, long y, boolean wide, boolean high, boolean signed) {
    if (wide) {
      return !high ? x * y : signed ? Math.multiplyHigh(x, y) : Math.unsignedMultiplyHigh(x, y);
    }
    long whole = signed ? (long) (int) x * (int) y : x * y;
    return (high ? whole >>> 32 : whole) & 0xffffffffL;
  }

  /** A copy of 32 values, for instructions that write where they read. */
  static int[] copy(int[] r, int at) {
    return Arrays.copyOfRange(r, at, at + LANES);
  }
}
