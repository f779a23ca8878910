package io.gradus.backend.cuda.emulator;

import java.util.List;

/**
 * {@code atom} and {@code red}. Blocks run one after the other, so that nothing can come between
 * the reading and the writing.
 */
final class Atomics {
  private final Operands operands;
  private final Statement s;
  private final PtxType type;
  private final String operation;

  Atomics(Operands operands, Statement s) {
    this.operands = operands;
    this.s = s;
    this.type = s.type();
    List<String> known =
        List.of("and", "or", "xor", "cas", "exch", "add", "inc", "dec", "min", "max");
    this.operation =
        s.opcode().stream()
            .skip(1)
            .filter(known::contains)
            .findFirst()
            .orElseThrow(() -> new PtxException("which operation?"));
  }

  Instruction decode() {
    boolean result = s.name().equals("atom");
    int first = result ? 1 : 0;
    Address address = new Address(operands, s, s.operand(first), Address.space(s));
    boolean wide = type.isWide();
    int b = at(s.operand(first + 1));
    boolean exchange = operation.equals("cas");
    int c = exchange ? at(s.operand(first + 2)) : b;
    int to = result ? at(s.operand(0)) : Instruction.LANES;
    return Instruction.of(
        (w, mask) -> {
          for (int m = mask; m != 0; m &= m - 1) {
            int l = Integer.numberOfTrailingZeros(m);
            long a = address.at(w, l);
            Region region = address.region(w, l, a, type.bytes, true);
            int offset = (int) (a - region.base);
            if (!region.isWritten(offset, type.bytes) && !operation.equals("exch")) {
              MemoryAccess.uninitialised(w, l, a, type.bytes);
            }
            long old = read(region, offset);
            long x = wide ? w.q[b + l] : w.r[b + l];
            long y = wide ? w.q[c + l] : w.r[c + l];
            write(region, offset, updated(old, x, y));
            if (wide) {
              w.q[to + l] = old;
            } else {
              w.r[to + l] = type.bytes == 2 ? (int) old & 0xffff : (int) old;
            }
          }
        });
  }

  private int at(String operand) {
    return type.isWide() ? operands.q(s, operand, type) : operands.i(s, operand, type);
  }

  private long read(Region region, int offset) {
    return switch (type.bytes) {
      case 2 -> region.getShort(offset) & 0xffff;
      case 4 -> region.getInt(offset);
      default -> region.getLong(offset);
    };
  }

  private void write(Region region, int offset, long x) {
    switch (type.bytes) {
      case 2 -> region.putShort(offset, (int) x);
      case 4 -> region.putInt(offset, (int) x);
      default -> region.putLong(offset, x);
    }
  }

  private long updated(long old, long x, long y) {
    return switch (operation) {
      case "and" -> old & x;
      case "or" -> old | x;
      case "xor" -> old ^ x;
      case "exch" -> x;
      case "cas" -> same(old, x) ? y : old;
      case "add" -> sum(old, x);
      case "inc" -> Integer.compareUnsigned((int) old, (int) x) >= 0 ? 0 : old + 1;
      case "dec" -> (int) old == 0 || Integer.compareUnsigned((int) old, (int) x) > 0 ? x : old - 1;
      case "min" -> less(old, x) ? old : x;
      default -> less(old, x) ? x : old;
    };
  }

  private boolean same(long a, long b) {
    return switch (type.bytes) {
      case 2 -> (short) a == (short) b;
      case 4 -> (int) a == (int) b;
      default -> a == b;
    };
  }

  private boolean less(long a, long b) {
    return switch (type) {
      case S32 -> (int) a < (int) b;
      case U32 -> Integer.compareUnsigned((int) a, (int) b) < 0;
      case S64 -> a < b;
      case U64 -> Long.compareUnsigned(a, b) < 0;
      default -> throw new PtxException("no order of ." + type);
    };
  }

  private long sum(long a, long b) {
    return switch (type) {
      case F32 -> FloatOps.bits(Float.intBitsToFloat((int) a) + Float.intBitsToFloat((int) b));
      case F64 ->
          Double.doubleToRawLongBits(Double.longBitsToDouble(a) + Double.longBitsToDouble(b));
      case F16, BF16 -> halfSum((int) a, (int) b);
      case F16X2, BF16X2 ->
          halfSum((int) a & 0xffff, (int) b & 0xffff)
              | halfSum((int) a >>> 16, (int) b >>> 16) << 16;
      default -> a + b;
    };
  }

  private int halfSum(int a, int b) {
    double x = Halves.decode(type, a & 0xffff);
    return Halves.encode(type, x + Halves.decode(type, b & 0xffff), Rounding.NEAREST);
  }
}
