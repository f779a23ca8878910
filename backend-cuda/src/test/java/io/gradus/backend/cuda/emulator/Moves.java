package io.gradus.backend.cuda.emulator;

import static io.gradus.backend.cuda.emulator.Instruction.LANES;

/** {@code mov cvta isspacep}: PTX ISA, "Data Movement and Conversion Instructions". */
final class Moves {
  private final Operands operands;
  private final Statement s;

  Moves(Operands operands, Statement s) {
    this.operands = operands;
    this.s = s;
  }

  Instruction decode() {
    return switch (s.name()) {
      case "cvta" -> window();
      case "isspacep" -> space();
      default -> move();
    };
  }

  private Instruction move() {
    PtxType type = s.type();
    String to = s.operand(0);
    String from = s.operand(1);
    if (type == PtxType.PRED) {
      int a = operands.p(s, from);
      return Instruction.ofPredicate(operands.p(s, to), w -> w.p[a]);
    }
    if (from.startsWith("{")) {
      return pack(type, from.substring(1, from.length() - 1).split(","), to);
    }
    if (to.startsWith("{")) {
      return unpack(type, from, to.substring(1, to.length() - 1).split(","));
    }
    if (type.isWide()) {
      int a = operands.q(s, from, type);
      return Instruction.ofLong(
          operands.q(s, to, type),
          (w, q, d) -> {
            for (int l = 0; l < LANES; l++) {
              q[d + l] = q[a + l];
            }
          });
    }
    int a = operands.i(s, from, type);
    return Instruction.ofInt(
        operands.i(s, to, type),
        (w, r, d) -> {
          for (int l = 0; l < LANES; l++) {
            r[d + l] = r[a + l];
          }
        });
  }

  /** Several small values become one, the first in the low bits. */
  private Instruction pack(PtxType type, String[] parts, String to) {
    int bits = 8 * type.bytes / parts.length;
    long field = bits == 64 ? -1 : (1L << bits) - 1;
    int[] at = new int[parts.length];
    for (int i = 0; i < at.length; i++) {
      at[i] = operands.i(s, parts[i], bits == 32 ? PtxType.B32 : PtxType.B16);
    }
    if (type.isWide()) {
      return Instruction.ofLong(
          operands.q(s, to, type),
          (w, q, d) -> {
            for (int l = 0; l < LANES; l++) {
              long x = 0;
              for (int i = 0; i < at.length; i++) {
                x |= (w.r[at[i] + l] & field) << bits * i;
              }
              q[d + l] = x;
            }
          });
    }
    return Instruction.ofInt(
        operands.i(s, to, type),
        (w, r, d) -> {
          for (int l = 0; l < LANES; l++) {
            int x = 0;
            for (int i = 0; i < at.length; i++) {
              x |= (int) (r[at[i] + l] & field) << bits * i;
            }
            r[d + l] = x;
          }
        });
  }

  private Instruction unpack(PtxType type, String from, String[] parts) {
    int bits = 8 * type.bytes / parts.length;
    long field = bits == 64 ? -1 : (1L << bits) - 1;
    int[] to = new int[parts.length];
    for (int i = 0; i < to.length; i++) {
      to[i] = operands.i(s, parts[i], bits == 32 ? PtxType.B32 : PtxType.B16);
    }
    boolean wide = type.isWide();
    int a = wide ? operands.q(s, from, type) : operands.i(s, from, type);
    return Instruction.of(
        (w, mask) -> {
          for (int m = mask; m != 0; m &= m - 1) {
            int l = Integer.numberOfTrailingZeros(m);
            long x = wide ? w.q[a + l] : w.r[a + l] & 0xffffffffL;
            for (int i = 0; i < to.length; i++) {
              w.r[to[i] + l] = (int) (x >>> bits * i & field);
            }
          }
        });
  }

  /** Between an address in a state space and the generic one. */
  private Instruction window() {
    boolean back = s.has("to");
    long base = s.has("shared") ? DeviceMemory.SHARED_WINDOW : 0;
    base = s.has("local") ? DeviceMemory.LOCAL_WINDOW : base;
    long shift = back ? -base : base;
    int a = operands.q(s, s.operand(1), PtxType.U64);
    return Instruction.ofLong(
        operands.q(s, s.operand(0), PtxType.U64),
        (w, q, d) -> {
          for (int l = 0; l < LANES; l++) {
            q[d + l] = q[a + l] + shift;
          }
        });
  }

  private Instruction space() {
    String which = s.opcode().get(1);
    int a = operands.q(s, s.operand(1), PtxType.U64);
    return Instruction.ofPredicate(
        operands.p(s, s.operand(0)),
        w -> {
          int m = 0;
          for (int l = 0; l < LANES; l++) {
            long top = w.q[a + l] >>> 47;
            String is = top == 2 ? "shared" : top == 3 ? "local" : "global";
            m |= (is.equals(which) ? 1 : 0) << l;
          }
          return m;
        });
  }
}
