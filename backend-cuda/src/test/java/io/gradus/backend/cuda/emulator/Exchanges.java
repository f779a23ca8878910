package io.gradus.backend.cuda.emulator;

import static io.gradus.backend.cuda.emulator.Instruction.LANES;

import io.gradus.backend.cuda.emulator.Instruction.Effect;
import io.gradus.backend.cuda.emulator.Instruction.Together;
import java.util.function.IntBinaryOperator;

/** What lanes of a warp tell each other: {@code shfl vote match activemask redux}. */
final class Exchanges {
  private final Operands operands;
  private final Statement s;

  Exchanges(Operands operands, Statement s) {
    this.operands = operands;
    this.s = s;
  }

  Instruction decode() {
    return switch (s.name()) {
      case "shfl" -> shuffle();
      case "vote" -> vote();
      case "match" -> match();
      case "redux" -> reduce();
      default -> {
        int to = operands.i(s, s.operand(0), PtxType.B32);
        yield Instruction.of((w, mask) -> spread(w, to, mask, mask));
      }
    };
  }

  private int members(int operand) {
    return operands.i(s, s.operand(operand), PtxType.B32);
  }

  private static void spread(Warp w, int to, int mask, int value) {
    for (int m = mask; m != 0; m &= m - 1) {
      w.r[to + Integer.numberOfTrailingZeros(m)] = value;
    }
  }

  private Instruction shuffle() {
    if (!s.has("sync")) {
      throw new PtxException("shfl without .sync is gone since sm_70");
    }
    String mode = s.opcode().get(2);
    String[] to = s.operand(0).split("\\|");
    int d = operands.i(s, to[0], PtxType.B32);
    int inRange = to.length > 1 ? operands.p(s, to[1]) : 0;
    int a = operands.i(s, s.operand(1), PtxType.B32);
    int b = operands.i(s, s.operand(2), PtxType.B32);
    int c = operands.i(s, s.operand(3), PtxType.B32);
    Effect effect =
        (w, mask) -> {
          int[] given = Carries.copy(w.r, a);
          int yes = 0;
          for (int m = mask; m != 0; m &= m - 1) {
            int l = Integer.numberOfTrailingZeros(m);
            int segment = w.r[c + l] >>> 8 & 31;
            int clamp = w.r[c + l] & 31;
            int most = l & segment | clamp & ~segment;
            int least = l & segment;
            int by = w.r[b + l] & 31;
            int j =
                switch (mode) {
                  case "up" -> l - by;
                  case "down" -> l + by;
                  case "bfly" -> l ^ by;
                  default -> least | by & ~segment;
                };
            boolean ok = mode.equals("up") ? j >= most : j <= most;
            j = ok ? j : l;
            if ((mask >>> j & 1) == 0) {
              throw w.fault(
                  KernelFault.Kind.ILLEGAL_INSTRUCTION,
                  Findings.Kind.EXECUTION,
                  l,
                  "reads lane " + j + ", which does not take part");
            }
            w.r[d + l] = given[j];
            yes |= (ok ? 1 : 0) << l;
          }
          w.p[inRange] = w.p[inRange] & ~mask | yes;
        };
    return new Together(members(4), effect);
  }

  private Instruction vote() {
    String mode = s.opcode().get(2);
    String operand = s.operand(1);
    boolean negated = operand.startsWith("!");
    int p = operands.p(s, negated ? operand.substring(1) : operand);
    if (mode.equals("ballot")) {
      int to = operands.i(s, s.operand(0), PtxType.B32);
      return new Together(
          members(2), (w, mask) -> spread(w, to, mask, (negated ? ~w.p[p] : w.p[p]) & mask));
    }
    int to = operands.p(s, s.operand(0));
    return new Together(
        members(2),
        (w, mask) -> {
          int votes = (negated ? ~w.p[p] : w.p[p]) & mask;
          boolean holds =
              switch (mode) {
                case "all" -> votes == mask;
                case "any" -> votes != 0;
                default -> votes == mask || votes == 0;
              };
          w.p[to] = holds ? w.p[to] | mask : w.p[to] & ~mask;
        });
  }

  private Instruction match() {
    boolean all = s.has("all");
    boolean wide = s.type().isWide();
    String[] to = s.operand(0).split("\\|");
    int d = operands.i(s, to[0], PtxType.B32);
    int same = to.length > 1 ? operands.p(s, to[1]) : 0;
    int a =
        wide ? operands.q(s, s.operand(1), PtxType.B64) : operands.i(s, s.operand(1), PtxType.B32);
    return new Together(
        members(2),
        (w, mask) -> {
          int[] found = new int[LANES];
          boolean equal = true;
          for (int m = mask; m != 0; m &= m - 1) {
            int l = Integer.numberOfTrailingZeros(m);
            for (int n = mask; n != 0; n &= n - 1) {
              int k = Integer.numberOfTrailingZeros(n);
              boolean eq = wide ? w.q[a + l] == w.q[a + k] : w.r[a + l] == w.r[a + k];
              found[l] |= (eq ? 1 : 0) << k;
            }
            equal &= found[l] == mask;
          }
          for (int m = mask; m != 0; m &= m - 1) {
            int l = Integer.numberOfTrailingZeros(m);
            w.r[d + l] = all ? (equal ? mask : 0) : found[l];
          }
          w.p[same] = equal ? w.p[same] | mask : w.p[same] & ~mask;
        });
  }

  private Instruction reduce() {
    boolean signed = s.type().isSigned();
    IntBinaryOperator f =
        switch (s.opcode().get(2)) {
          case "add" -> Integer::sum;
          case "and" -> (x, y) -> x & y;
          case "or" -> (x, y) -> x | y;
          case "xor" -> (x, y) -> x ^ y;
          case "min" -> signed ? Math::min : (x, y) -> Integer.compareUnsigned(x, y) < 0 ? x : y;
          case "max" -> signed ? Math::max : (x, y) -> Integer.compareUnsigned(x, y) > 0 ? x : y;
          default -> throw new PtxException("no reduction " + s.opcode().get(2));
        };
    int to = operands.i(s, s.operand(0), PtxType.B32);
    int a = operands.i(s, s.operand(1), PtxType.B32);
    return new Together(
        members(2),
        (w, mask) -> {
          int first = Integer.numberOfTrailingZeros(mask);
          int x = w.r[a + first];
          for (int m = mask & mask - 1; m != 0; m &= m - 1) {
            x = f.applyAsInt(x, w.r[a + Integer.numberOfTrailingZeros(m)]);
          }
          spread(w, to, mask, x);
        });
  }
}
