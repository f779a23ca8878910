package io.gradus.backend.cuda.emulator;

import static io.gradus.backend.cuda.emulator.Instruction.LANES;
import static java.lang.Float.intBitsToFloat;

import io.gradus.backend.cuda.emulator.Instruction.IntBody;
import io.gradus.backend.cuda.emulator.Instruction.LongBody;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** {@code cvt}: PTX ISA, "Data Movement and Conversion Instructions: cvt". */
final class Conversions {
  private final Operands operands;
  private final Statement s;
  private final PtxType from;
  private final PtxType to;
  private final Rounding rounding;
  private final boolean ftz;
  private final boolean sat;
  private final boolean toNearest;
  private final boolean toZero;
  private final boolean down;
  private final boolean up;
  private final boolean relu;

  Conversions(Operands operands, Statement s) {
    this.operands = operands;
    this.s = s;
    List<String> words = s.opcode();
    from = s.type();
    to = PtxType.of(words.get(words.size() - 2));
    rounding = Rounding.of(s);
    ftz = s.has("ftz");
    sat = s.has("sat");
    toNearest = s.has("rni");
    toZero = s.has("rzi");
    down = s.has("rmi");
    up = s.has("rpi");
    relu = s.has("relu");
  }

  Instruction decode() {
    if (to == PtxType.F16X2 || to == PtxType.BF16X2) {
      return packed();
    }
    String source = s.operand(1);
    boolean wideSource = operands.isWide(s, source, from);
    int a = wideSource ? operands.q(s, source, from) : operands.i(s, source, lower(from));
    String target = s.operand(0);
    if (operands.isWide(s, target, to)) {
      LongBody fast = fastLong(a, wideSource);
      return Instruction.ofLong(
          operands.q(s, target, to),
          fast != null
              ? fast
              : (w, q, d) -> {
                for (int l = 0; l < LANES; l++) {
                  q[d + l] = widen(convert(wideSource ? q[a + l] : w.r[a + l]));
                }
              });
    }
    boolean narrowTarget = operands.declared(s, target, to).bytes == 2;
    IntBody fast = fastInt(a, wideSource);
    return Instruction.ofInt(
        operands.i(s, target, lower(to)),
        fast != null
            ? fast
            : (w, r, d) -> {
              for (int l = 0; l < LANES; l++) {
                int x = (int) widen(convert(wideSource ? w.q[a + l] : r[a + l]));
                r[d + l] = narrowTarget ? x & 0xffff : x;
              }
            });
  }

  /** Registers may be wider than a small type. */
  private static PtxType lower(PtxType type) {
    return type.bytes < 2 ? PtxType.B16 : type;
  }

  private @Nullable IntBody fastInt(int a, boolean wideSource) {
    if (s.opcode().size() == 3 && !wideSource && from.bytes == 4 && to.bytes == 4) {
      if (!from.isFloat() && !to.isFloat()) {
        return (w, r, d) -> System.arraycopy(r, a, r, d, LANES);
      }
    }
    if (s.opcode().size() == 3 && wideSource && from.bytes == 8 && to.bytes == 4 && !to.isFloat()) {
      return (w, r, d) -> {
        for (int l = 0; l < LANES; l++) {
          r[d + l] = (int) w.q[a + l];
        }
      };
    }
    if (s.has("rn") && !sat && from == PtxType.S32 && to == PtxType.F32) {
      return (w, r, d) -> {
        for (int l = 0; l < LANES; l++) {
          r[d + l] = Float.floatToRawIntBits((float) r[a + l]);
        }
      };
    }
    if (toZero && from == PtxType.F32 && to == PtxType.S32 && !ftz) {
      return (w, r, d) -> {
        for (int l = 0; l < LANES; l++) {
          r[d + l] = (int) intBitsToFloat(r[a + l]);
        }
      };
    }
    return null;
  }

  private @Nullable LongBody fastLong(int a, boolean wideSource) {
    if (s.opcode().size() != 3 || wideSource || to.isFloat() || from.isFloat()) {
      return null;
    }
    if (from == PtxType.S32) {
      return (w, q, d) -> {
        int[] r = w.r;
        for (int l = 0; l < LANES; l++) {
          q[d + l] = r[a + l];
        }
      };
    }
    if (from == PtxType.U32 || from == PtxType.B32) {
      return (w, q, d) -> {
        int[] r = w.r;
        for (int l = 0; l < LANES; l++) {
          q[d + l] = r[a + l] & 0xffffffffL;
        }
      };
    }
    return null;
  }

  /** A result in a register that may be wider than its type. */
  private long widen(long x) {
    return switch (to) {
      case S8 -> (byte) x;
      case S16 -> (short) x;
      case S32 -> (int) x;
      case U8, B8 -> x & 0xff;
      case U16, B16, F16, BF16 -> x & 0xffff;
      case U32, B32, F32, TF32, F16X2, BF16X2 -> x & 0xffffffffL;
      default -> x;
    };
  }

  private long convert(long bits) {
    if (!from.isFloat()) {
      long x =
          switch (from) {
            case S64, U64, B64 -> bits;
            case U32, B32 -> bits & 0xffffffffL;
            default -> from.extend((int) bits);
          };
      return to.isFloat() ? fromWhole(x) : saturated(x);
    }
    double x =
        switch (from) {
          case F64 -> Double.longBitsToDouble(bits);
          case F32 -> ftz ? FloatOps.flush(intBitsToFloat((int) bits)) : intBitsToFloat((int) bits);
          default -> Halves.decode(from, (int) bits & 0xffff);
        };
    return to.isFloat() ? toFloat(x) : toWhole(x);
  }

  /** Between whole numbers; only with {@code sat} is the range looked at. */
  private long saturated(long x) {
    if (!sat) {
      return x;
    }
    boolean huge = (from == PtxType.U64 || from == PtxType.B64) && x < 0;
    if (to.bytes == 8) {
      return to.isSigned() ? (huge ? Long.MAX_VALUE : x) : (!huge && x < 0 ? 0 : x);
    }
    long least = to.isSigned() ? -1L << 8 * to.bytes - 1 : 0;
    long most = (1L << 8 * to.bytes - (to.isSigned() ? 1 : 0)) - 1;
    return huge ? most : Math.clamp(x, least, most);
  }

  private long fromWhole(long x) {
    boolean unsigned = from == PtxType.U64;
    if (to == PtxType.F64) {
      return Double.doubleToRawLongBits(unsigned ? unsignedToDouble(x) : (double) x);
    }
    if (to == PtxType.F32) {
      float f = unsigned ? unsignedToFloat(x) : (float) x;
      if (rounding != Rounding.NEAREST) {
        f = rounding.narrow(unsigned ? unsignedToDouble(x) : (double) x);
      }
      return Float.floatToRawIntBits(f);
    }
    return Halves.encode(to, unsigned ? unsignedToDouble(x) : (double) x, rounding);
  }

  private static double unsignedToDouble(long x) {
    return x >= 0 ? (double) x : (double) (x >>> 1 | x & 1) * 2;
  }

  private static float unsignedToFloat(long x) {
    return x >= 0 ? (float) x : (float) (x >>> 1 | x & 1) * 2;
  }

  private double whole(double x) {
    if (toNearest) {
      return Math.rint(x);
    }
    if (down) {
      return Math.floor(x);
    }
    if (up) {
      return Math.ceil(x);
    }
    return x < 0 ? Math.ceil(x) : Math.floor(x);
  }

  /** Out of range gives the nearest end; NaN gives 0, or the highest bit where 64 bits occur. */
  private long toWhole(double x) {
    if (Double.isNaN(x)) {
      return to.bytes == 8 || from == PtxType.F64 ? 1L << 8 * to.bytes - 1 : 0;
    }
    double y = whole(x);
    if (to == PtxType.S64) {
      return (long) y;
    }
    if (to == PtxType.U64) {
      return y <= 0
          ? 0
          : y >= 0x1p64 ? -1L : y < 0x1p63 ? (long) y : (long) (y - 0x1p63) ^ 1L << 63;
    }
    int bits = 8 * to.bytes;
    return to.isSigned()
        ? (long) Math.clamp(y, -0x1p0 * (1L << bits - 1), (1L << bits - 1) - 1)
        : (long) Math.clamp(y, 0, (1L << bits) - 1);
  }

  private boolean roundsToWhole() {
    return toNearest || toZero || down || up;
  }

  private long toFloat(double value) {
    double x = roundsToWhole() ? whole(value) : value;
    if (sat) {
      x = x > 0 ? Math.min(x, 1) : 0;
    }
    if (relu && x < 0) {
      x = 0;
    }
    return switch (to) {
      case F64 -> Double.doubleToRawLongBits(x);
      case F32 -> {
        float f = from == PtxType.F64 ? rounding.narrow(x) : (float) x;
        yield FloatOps.bits(ftz ? FloatOps.flush(f) : f);
      }
      case TF32 -> tf32((float) x);
      default -> Halves.encode(to, x, rounding);
    };
  }

  /** Ten bits of fraction, ties away from zero or to even. */
  private long tf32(float x) {
    int b = Float.floatToRawIntBits(x);
    if (Double.isNaN(x)) {
      return FloatOps.NAN;
    }
    int half = s.has("rna") || s.has("rz") ? 0x1000 : 0xfff + (b >>> 13 & 1);
    return s.has("rz") ? b & ~0x1fff : b + half & ~0x1fff;
  }

  /** Two numbers into one register, the first in the high half. */
  private Instruction packed() {
    int high = operands.i(s, s.operand(1), PtxType.F32);
    int low = operands.i(s, s.operand(2), PtxType.F32);
    return Instruction.ofInt(
        operands.i(s, s.operand(0), PtxType.B32),
        (w, r, d) -> {
          for (int l = 0; l < LANES; l++) {
            float x = intBitsToFloat(r[high + l]);
            float y = intBitsToFloat(r[low + l]);
            x = relu && x < 0 ? 0 : x;
            y = relu && y < 0 ? 0 : y;
            r[d + l] = Halves.encode(to, x, rounding) << 16 | Halves.encode(to, y, rounding);
          }
        });
  }
}
