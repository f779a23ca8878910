package io.gradus.backend.cuda.emulator;

/** The formats of 16 bits, as numbers. */
final class Halves {
  private Halves() {}

  static float decode(PtxType type, int bits) {
    return type == PtxType.F16 || type == PtxType.F16X2
        ? Float.float16ToFloat((short) bits)
        : Float.intBitsToFloat(bits << 16);
  }

  /** Rounds a number to 16 bits; NaN becomes hardware's {@code 0x7fff}. */
  static int encode(PtxType type, double x, Rounding to) {
    if (Double.isNaN(x)) {
      return 0x7fff;
    }
    boolean half = type == PtxType.F16 || type == PtxType.F16X2;
    int magnitude = truncate(half, Math.abs(x));
    int sign = Double.doubleToRawLongBits(x) < 0 ? 0x8000 : 0;
    double below = decode(type, magnitude);
    if (below == Math.abs(x)) {
      return sign | magnitude;
    }
    boolean away =
        switch (to) {
          case ZERO -> false;
          case DOWN -> sign != 0;
          case UP -> sign == 0;
          case NEAREST -> {
            double above = above(type, magnitude, half);
            double middle = below + (above - below) / 2;
            yield Math.abs(x) > middle || Math.abs(x) == middle && (magnitude & 1) != 0;
          }
        };
    return sign | (away ? magnitude + 1 : magnitude);
  }

  /** The next number; what would come after the largest one, not infinity. */
  private static double above(PtxType type, int magnitude, boolean half) {
    int next = magnitude + 1;
    if (next == (half ? 0x7c00 : 0x7f80)) {
      return half ? 65536.0 : 0x1p128;
    }
    return decode(type, next);
  }

  /** The largest finite number that is not above x, or infinity for infinity. */
  private static int truncate(boolean half, double x) {
    if (x == Double.POSITIVE_INFINITY) {
      return half ? 0x7c00 : 0x7f80;
    }
    int fraction = half ? 10 : 7;
    int least = half ? -14 : -126;
    int most = half ? 15 : 127;
    int exponent = Math.getExponent(x);
    if (exponent > most) {
      return half ? 0x7bff : 0x7f7f;
    }
    if (exponent < least) {
      return (int) Math.scalb(x, fraction - least);
    }
    int mantissa = (int) (Math.scalb(x, fraction - exponent)) - (1 << fraction);
    return exponent - least + 1 << fraction | mantissa;
  }
}
