package io.gradus.backend.cuda.emulator;

import static io.gradus.backend.cuda.emulator.Instruction.LANES;
import static java.lang.Float.intBitsToFloat;

import io.gradus.backend.cuda.emulator.Instruction.PredicateBody;
import java.util.List;

/** {@code setp set selp slct testp}: PTX ISA, "Comparison and Selection Instructions". */
final class Comparisons {
  private final Operands operands;
  private final Statement s;

  Comparisons(Operands operands, Statement s) {
    this.operands = operands;
    this.s = s;
  }

  Instruction decode() {
    return switch (s.name()) {
      case "setp" -> setp();
      case "set" -> set();
      case "selp" -> select();
      case "slct" -> selectBySign();
      default -> test();
    };
  }

  private Instruction setp() {
    PtxType type = s.type();
    PredicateBody compare = compare(s.opcode().get(1), type, s.operand(1), s.operand(2));
    String[] to = s.operand(0).split("\\|");
    int first = operands.p(s, to[0]);
    int second = to.length > 1 ? operands.p(s, to[1]) : 0;
    PredicateBody and = s.operands().size() > 3 ? predicate(s.operand(3)) : null;
    String how = and == null ? "" : s.opcode().get(2);
    if (and == null && to.length == 1) {
      return Instruction.ofPredicate(first, compare);
    }
    return Instruction.of(
        (w, mask) -> {
          int c = compare.run(w);
          int other = and == null ? 0 : and.run(w);
          int yes = combine(how, c, other);
          int no = combine(how, ~c, other);
          w.p[first] = w.p[first] & ~mask | yes & mask;
          w.p[second] = w.p[second] & ~mask | no & mask;
        });
  }

  private static int combine(String how, int a, int b) {
    return switch (how) {
      case "and" -> a & b;
      case "or" -> a | b;
      case "xor" -> a ^ b;
      default -> a;
    };
  }

  private PredicateBody predicate(String operand) {
    if (operand.startsWith("!")) {
      int p = operands.p(s, operand.substring(1));
      return w -> ~w.p[p];
    }
    int p = operands.p(s, operand);
    return w -> w.p[p];
  }

  private Instruction set() {
    List<String> words = s.opcode();
    PtxType type = s.type();
    PtxType result = PtxType.of(words.get(words.size() - 2));
    PredicateBody compare = compare(words.get(1), type, s.operand(1), s.operand(2));
    int yes = result == PtxType.F32 ? Float.floatToRawIntBits(1f) : -1;
    return Instruction.ofInt(
        operands.i(s, s.operand(0), result),
        (w, r, to) -> {
          int c = compare.run(w);
          for (int l = 0; l < LANES; l++) {
            r[to + l] = (c >>> l & 1) != 0 ? yes : 0;
          }
        });
  }

  private PredicateBody compare(String how, PtxType type, String left, String right) {
    if (type.isWide()) {
      int a = operands.q(s, left, type);
      int b = operands.q(s, right, type);
      return type == PtxType.F64 ? doubles(how, a, b) : longs(how, type.isSigned(), a, b);
    }
    int a = operands.i(s, left, type);
    int b = operands.i(s, right, type);
    return switch (type) {
      case F32 -> s.has("ftz") ? flushed(how, a, b) : floats(how, a, b);
      case F16, BF16 -> halves(how, type, a, b);
      case S32 -> ints(how, 0, a, b);
      case U32, B32 -> ints(how, Integer.MIN_VALUE, a, b);
      case S16, U16, B16 -> narrow(how, type, a, b);
      default -> throw new PtxException("no comparison of ." + type);
    };
  }

  /** Signed, or with a flipped sign unsigned. */
  private static PredicateBody ints(String how, int flip, int a, int b) {
    return switch (how) {
      case "eq" ->
          w -> {
            int[] r = w.r;
            int m = 0;
            for (int l = 0; l < LANES; l++) {
              m |= (r[a + l] == r[b + l] ? 1 : 0) << l;
            }
            return m;
          };
      case "ne" -> not(ints("eq", flip, a, b));
      case "lt", "lo" ->
          w -> {
            int[] r = w.r;
            int m = 0;
            for (int l = 0; l < LANES; l++) {
              m |= ((r[a + l] ^ flip) < (r[b + l] ^ flip) ? 1 : 0) << l;
            }
            return m;
          };
      case "ge", "hs" -> not(ints("lt", flip, a, b));
      case "gt", "hi" -> ints("lt", flip, b, a);
      case "le", "ls" -> not(ints("lt", flip, b, a));
      default -> throw new PtxException("no comparison " + how);
    };
  }

  private static PredicateBody longs(String how, boolean signed, int a, int b) {
    long flip = signed ? 0 : Long.MIN_VALUE;
    return switch (how) {
      case "eq" ->
          w -> {
            long[] q = w.q;
            int m = 0;
            for (int l = 0; l < LANES; l++) {
              m |= (q[a + l] == q[b + l] ? 1 : 0) << l;
            }
            return m;
          };
      case "ne" -> not(longs("eq", signed, a, b));
      case "lt", "lo" ->
          w -> {
            long[] q = w.q;
            int m = 0;
            for (int l = 0; l < LANES; l++) {
              m |= ((q[a + l] ^ flip) < (q[b + l] ^ flip) ? 1 : 0) << l;
            }
            return m;
          };
      case "ge", "hs" -> not(longs("lt", signed, a, b));
      case "gt", "hi" -> longs("lt", signed, b, a);
      case "le", "ls" -> not(longs("lt", signed, b, a));
      default -> throw new PtxException("no comparison " + how);
    };
  }

  private static PredicateBody narrow(String how, PtxType type, int a, int b) {
    return w -> {
      int m = 0;
      for (int l = 0; l < LANES; l++) {
        int c = Integer.compare(type.extend(w.r[a + l]), type.extend(w.r[b + l]));
        m |= (holds(how, c, false) ? 1 : 0) << l;
      }
      return m;
    };
  }

  private static PredicateBody floats(String how, int a, int b) {
    return switch (how) {
      case "lt" ->
          w -> {
            int[] r = w.r;
            int m = 0;
            for (int l = 0; l < LANES; l++) {
              m |= (intBitsToFloat(r[a + l]) < intBitsToFloat(r[b + l]) ? 1 : 0) << l;
            }
            return m;
          };
      case "le" ->
          w -> {
            int[] r = w.r;
            int m = 0;
            for (int l = 0; l < LANES; l++) {
              m |= (intBitsToFloat(r[a + l]) <= intBitsToFloat(r[b + l]) ? 1 : 0) << l;
            }
            return m;
          };
      case "eq" ->
          w -> {
            int[] r = w.r;
            int m = 0;
            for (int l = 0; l < LANES; l++) {
              m |= (intBitsToFloat(r[a + l]) == intBitsToFloat(r[b + l]) ? 1 : 0) << l;
            }
            return m;
          };
      case "num" ->
          w -> {
            int[] r = w.r;
            int m = 0;
            for (int l = 0; l < LANES; l++) {
              float x = intBitsToFloat(r[a + l]);
              float y = intBitsToFloat(r[b + l]);
              m |= (!Double.isNaN(x) && !Double.isNaN(y) ? 1 : 0) << l;
            }
            return m;
          };
      case "gt" -> floats("lt", b, a);
      case "ge" -> floats("le", b, a);
      case "nan" -> not(floats("num", a, b));
      case "neu" -> not(floats("eq", a, b));
      case "geu" -> not(floats("lt", a, b));
      case "gtu" -> not(floats("le", a, b));
      case "ltu" -> not(floats("le", b, a));
      case "leu" -> not(floats("lt", b, a));
      case "ne" -> both(not(floats("eq", a, b)), floats("num", a, b));
      case "equ" -> not(both(not(floats("eq", a, b)), floats("num", a, b)));
      default -> throw new PtxException("no comparison " + how);
    };
  }

  private static PredicateBody not(PredicateBody f) {
    return w -> ~f.run(w);
  }

  private static PredicateBody both(PredicateBody f, PredicateBody g) {
    return w -> f.run(w) & g.run(w);
  }

  private static PredicateBody flushed(String how, int a, int b) {
    return w -> {
      int m = 0;
      for (int l = 0; l < LANES; l++) {
        float x = FloatOps.flush(intBitsToFloat(w.r[a + l]));
        float y = FloatOps.flush(intBitsToFloat(w.r[b + l]));
        m |= (compare(how, x, y) ? 1 : 0) << l;
      }
      return m;
    };
  }

  private static PredicateBody halves(String how, PtxType type, int a, int b) {
    return w -> {
      int m = 0;
      for (int l = 0; l < LANES; l++) {
        double x = Halves.decode(type, w.r[a + l] & 0xffff);
        double y = Halves.decode(type, w.r[b + l] & 0xffff);
        m |= (compare(how, x, y) ? 1 : 0) << l;
      }
      return m;
    };
  }

  private static PredicateBody doubles(String how, int a, int b) {
    return w -> {
      int m = 0;
      for (int l = 0; l < LANES; l++) {
        double x = Double.longBitsToDouble(w.q[a + l]);
        double y = Double.longBitsToDouble(w.q[b + l]);
        m |= (compare(how, x, y) ? 1 : 0) << l;
      }
      return m;
    };
  }

  private static boolean compare(String how, double x, double y) {
    boolean unordered = Double.isNaN(x) || Double.isNaN(y);
    return holds(how, x < y ? -1 : x > y ? 1 : 0, unordered);
  }

  private static boolean holds(String how, int order, boolean unordered) {
    return switch (how) {
      case "num" -> !unordered;
      case "nan" -> unordered;
      case "eq" -> !unordered && order == 0;
      case "ne" -> !unordered && order != 0;
      case "lt", "lo" -> !unordered && order < 0;
      case "le", "ls" -> !unordered && order <= 0;
      case "gt", "hi" -> !unordered && order > 0;
      case "ge", "hs" -> !unordered && order >= 0;
      case "equ" -> unordered || order == 0;
      case "neu" -> unordered || order != 0;
      case "ltu" -> unordered || order < 0;
      case "leu" -> unordered || order <= 0;
      case "gtu" -> unordered || order > 0;
      case "geu" -> unordered || order >= 0;
      default -> throw new PtxException("no comparison " + how);
    };
  }

  private Instruction select() {
    PtxType type = s.type();
    int p = operands.p(s, s.operand(3));
    if (type.isWide()) {
      int a = operands.q(s, s.operand(1), type);
      int b = operands.q(s, s.operand(2), type);
      return Instruction.ofLong(
          operands.q(s, s.operand(0), type),
          (w, q, to) -> {
            int m = w.p[p];
            for (int l = 0; l < LANES; l++) {
              q[to + l] = (m >>> l & 1) != 0 ? q[a + l] : q[b + l];
            }
          });
    }
    int a = operands.i(s, s.operand(1), type);
    int b = operands.i(s, s.operand(2), type);
    return Instruction.ofInt(
        operands.i(s, s.operand(0), type),
        (w, r, to) -> {
          int m = w.p[p];
          for (int l = 0; l < LANES; l++) {
            r[to + l] = (m >>> l & 1) != 0 ? r[a + l] : r[b + l];
          }
        });
  }

  private Instruction selectBySign() {
    List<String> words = s.opcode();
    PtxType type = PtxType.of(words.get(words.size() - 2));
    int c = operands.i(s, s.operand(3), s.type());
    boolean real = s.type() == PtxType.F32;
    PredicateBody chosen =
        w -> {
          int m = 0;
          for (int l = 0; l < LANES; l++) {
            boolean first = real ? intBitsToFloat(w.r[c + l]) >= 0 : w.r[c + l] >= 0;
            m |= (first ? 1 : 0) << l;
          }
          return m;
        };
    if (type.isWide()) {
      int a = operands.q(s, s.operand(1), type);
      int b = operands.q(s, s.operand(2), type);
      return Instruction.ofLong(
          operands.q(s, s.operand(0), type),
          (w, q, to) -> {
            int m = chosen.run(w);
            for (int l = 0; l < LANES; l++) {
              q[to + l] = (m >>> l & 1) != 0 ? q[a + l] : q[b + l];
            }
          });
    }
    int a = operands.i(s, s.operand(1), type);
    int b = operands.i(s, s.operand(2), type);
    return Instruction.ofInt(
        operands.i(s, s.operand(0), type),
        (w, r, to) -> {
          int m = chosen.run(w);
          for (int l = 0; l < LANES; l++) {
            r[to + l] = (m >>> l & 1) != 0 ? r[a + l] : r[b + l];
          }
        });
  }

  private Instruction test() {
    String what = s.opcode().get(1);
    boolean wide = s.type() == PtxType.F64;
    int a =
        wide ? operands.q(s, s.operand(1), PtxType.F64) : operands.i(s, s.operand(1), PtxType.F32);
    return Instruction.ofPredicate(
        operands.p(s, s.operand(0)),
        w -> {
          int m = 0;
          for (int l = 0; l < LANES; l++) {
            double x = wide ? Double.longBitsToDouble(w.q[a + l]) : intBitsToFloat(w.r[a + l]);
            double normal = wide ? Double.MIN_NORMAL : Float.MIN_NORMAL;
            boolean holds =
                switch (what) {
                  case "finite" -> Double.isFinite(x);
                  case "infinite" -> Double.isInfinite(x);
                  case "number" -> !Double.isNaN(x);
                  case "notanumber" -> Double.isNaN(x);
                  case "normal" -> Double.isFinite(x) && Math.abs(x) >= normal;
                  case "subnormal" -> x != 0 && Math.abs(x) < normal;
                  default -> throw new PtxException("no test " + what);
                };
            m |= (holds ? 1 : 0) << l;
          }
          return m;
        });
  }
}
