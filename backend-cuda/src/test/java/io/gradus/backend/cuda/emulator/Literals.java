package io.gradus.backend.cuda.emulator;

/** Numbers as PTX writes them: PTX ISA, "Constants". */
final class Literals {
  private Literals() {}

  /** Whether a word can only be a number. */
  static boolean isNumber(String word) {
    char c = word.charAt(0);
    return c == '-' || c >= '0' && c <= '9';
  }

  /** The number's bits in that type, in the low bits of the result. */
  static long parse(String word, PtxType type) {
    String digits = word.startsWith("-") ? word.substring(1) : word;
    boolean negative = digits.length() != word.length();
    char kind = digits.length() > 1 && digits.charAt(0) == '0' ? digits.charAt(1) : ' ';
    if (kind == 'f' || kind == 'F') {
      float f = Float.intBitsToFloat(Integer.parseUnsignedInt(digits.substring(2), 16));
      int bits = Float.floatToRawIntBits(f) ^ (negative ? 1 << 31 : 0);
      return type == PtxType.F64 ? Double.doubleToRawLongBits(f) : bits & 0xffffffffL;
    }
    if (kind == 'd' || kind == 'D') {
      return real(Long.parseUnsignedLong(digits.substring(2), 16), negative, type);
    }
    if (digits.indexOf('.') >= 0) {
      return real(Double.doubleToRawLongBits(Double.parseDouble(digits)), negative, type);
    }
    long value = whole(digits);
    return negative ? -value : value;
  }

  private static long real(long bits, boolean negative, PtxType type) {
    long signed = bits ^ (negative ? 1L << 63 : 0);
    return type == PtxType.F32
        ? Float.floatToRawIntBits((float) Double.longBitsToDouble(signed)) & 0xffffffffL
        : signed;
  }

  private static long whole(String digits) {
    String d = digits.endsWith("U") ? digits.substring(0, digits.length() - 1) : digits;
    if (d.startsWith("0x") || d.startsWith("0X")) {
      return Long.parseUnsignedLong(d.substring(2), 16);
    }
    if (d.startsWith("0b") || d.startsWith("0B")) {
      return Long.parseUnsignedLong(d.substring(2), 2);
    }
    return d.length() > 1 && d.startsWith("0")
        ? Long.parseUnsignedLong(d.substring(1), 8)
        : Long.parseUnsignedLong(d);
  }
}
