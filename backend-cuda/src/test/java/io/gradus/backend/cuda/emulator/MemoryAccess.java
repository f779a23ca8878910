package io.gradus.backend.cuda.emulator;

import static io.gradus.backend.cuda.emulator.Instruction.LANES;

import java.util.Arrays;

/** {@code ld} and {@code st}, of one value or a vector. */
final class MemoryAccess {
  private final Operands operands;
  private final Statement s;
  private final PtxType type;
  private final int bytes;

  MemoryAccess(Operands operands, Statement s) {
    this.operands = operands;
    this.s = s;
    this.type = s.type();
    this.bytes = type.bytes;
  }

  Instruction decode() {
    boolean store = s.name().equals("st");
    String space = Address.space(s);
    Address address = new Address(operands, s, s.operand(store ? 0 : 1), space);
    String values = s.operand(store ? 1 : 0);
    String[] parts =
        values.startsWith("{")
            ? values.substring(1, values.length() - 1).split(",")
            : new String[] {values};
    boolean[] wide = new boolean[parts.length];
    int[] at = new int[parts.length];
    for (int i = 0; i < parts.length; i++) {
      wide[i] = operands.isWide(s, parts[i], type);
      PtxType least = bytes < 2 ? PtxType.B16 : type;
      at[i] = wide[i] ? operands.q(s, parts[i], type) : operands.i(s, parts[i], least);
    }
    if (store) {
      return store(address, at, wide);
    }
    if (parts.length == 1 && address.isParameter && bytes >= 4) {
      return loadParameter(address, at[0], wide[0]);
    }
    if (parts.length == 1 && bytes == 4 && !wide[0]) {
      return loadInts(address, at[0], space.isEmpty() || !space.equals("param"));
    }
    boolean narrow = operands.declared(s, parts[0], type).bytes == 2;
    return load(address, at, wide, narrow);
  }

  /** The same for all lanes: looked up once. */
  private Instruction loadParameter(Address address, int to, boolean toWide) {
    return toWide
        ? Instruction.ofLong(to, (w, q, d) -> Arrays.fill(q, d, d + LANES, parameter(w, address)))
        : Instruction.ofInt(
            to, (w, r, d) -> Arrays.fill(r, d, d + LANES, (int) parameter(w, address)));
  }

  private long parameter(Warp w, Address address) {
    long a = address.at(w, 0);
    Region region = address.region(w, 0, a, bytes, false);
    return value(region, (int) (a - region.base));
  }

  /** The most frequent form of others. */
  private static Instruction loadInts(Address address, int to, boolean checks) {
    return Instruction.of(
        (w, mask) -> {
          int[] r = w.r;
          for (int m = mask; m != 0; m &= m - 1) {
            int l = Integer.numberOfTrailingZeros(m);
            long a = address.at(w, l);
            Region region = address.region(w, l, a, 4, false);
            int offset = (int) (a - region.base);
            if (checks && !region.isWritten(offset, 4)) {
              uninitialised(w, l, a, 4);
            }
            r[to + l] = region.getInt(offset);
          }
        });
  }

  private Instruction load(Address address, int[] to, boolean[] wide, boolean narrow) {
    int all = bytes * to.length;
    return Instruction.of(
        (w, mask) -> {
          for (int m = mask; m != 0; m &= m - 1) {
            int l = Integer.numberOfTrailingZeros(m);
            long a = address.at(w, l);
            Region region = address.region(w, l, a, all, false);
            int offset = (int) (a - region.base);
            for (int i = 0; i < to.length; i++, offset += bytes) {
              if (!region.isWritten(offset, bytes)) {
                uninitialised(w, l, a, all);
              }
              long x = value(region, offset);
              if (wide[i]) {
                w.q[to[i] + l] = x;
              } else {
                w.r[to[i] + l] = narrow ? (int) x & 0xffff : (int) x;
              }
            }
          }
        });
  }

  private long value(Region region, int offset) {
    return switch (bytes) {
      case 1 -> type.extend(region.getByte(offset));
      case 2 -> type.extend(region.getShort(offset));
      case 4 -> type.isSigned() ? region.getInt(offset) : region.getInt(offset) & 0xffffffffL;
      default -> region.getLong(offset);
    };
  }

  private Instruction store(Address address, int[] from, boolean[] wide) {
    int all = bytes * from.length;
    return Instruction.of(
        (w, mask) -> {
          for (int m = mask; m != 0; m &= m - 1) {
            int l = Integer.numberOfTrailingZeros(m);
            long a = address.at(w, l);
            Region region = address.region(w, l, a, all, true);
            int offset = (int) (a - region.base);
            for (int i = 0; i < from.length; i++, offset += bytes) {
              long x = wide[i] ? w.q[from[i] + l] : w.r[from[i] + l];
              switch (bytes) {
                case 1 -> region.putByte(offset, (int) x);
                case 2 -> region.putShort(offset, (int) x);
                case 4 -> region.putInt(offset, (int) x);
                default -> region.putLong(offset, x);
              }
            }
          }
        });
  }

  /** A read of what nobody wrote: hardware lets it pass, so it is only reported. */
  static void uninitialised(Warp w, int lane, long address, int bytes) {
    w.block.launch.findings.add(
        Findings.Kind.UNINITIALISED,
        "read of "
            + bytes
            + " bytes never written at "
            + w.block.launch.memory.describe(address)
            + ": "
            + w.where(lane));
  }
}
