package io.gradus.backend.cuda.emulator;

import java.util.function.IntUnaryOperator;

/** Fields of bits: PTX ISA, {@code bfe}, {@code bfi}, {@code bfind}. */
final class BitFields {
  private BitFields() {}

  /** {@code bfe}: position and length are bytes. */
  static long extract(long x, int position, int length, int bits, boolean signed) {
    int from = position & 255;
    int count = length & 255;
    if (count == 0) {
      return 0;
    }
    int signAt = Math.min(from + count - 1, bits - 1);
    long sign = signed ? x >>> signAt & 1 : 0;
    long result = 0;
    for (int i = 0; i < bits; i++) {
      long bit = i < count && from + i < bits ? x >>> from + i & 1 : sign;
      result |= bit << i;
    }
    return result;
  }

  /** {@code bfi}: puts {@code length} bits of a into b. */
  static long insert(long a, long b, int position, int length, int bits) {
    int from = position & 255;
    int count = length & 255;
    long result = b;
    for (int i = 0; i < count && from + i < bits; i++) {
      result = result & ~(1L << from + i) | (a >>> i & 1) << from + i;
    }
    return result;
  }

  /** {@code bfind} of 32 bits. */
  static IntUnaryOperator find(boolean signed, boolean shift) {
    return x -> {
      int y = signed && x < 0 ? ~x : x;
      int at = 31 - Integer.numberOfLeadingZeros(y);
      return shift && at >= 0 ? 31 - at : at;
    };
  }

  /** {@code bfind} of 64 bits. */
  static int find(long x, boolean signed, boolean shift) {
    long y = signed && x < 0 ? ~x : x;
    int at = 63 - Long.numberOfLeadingZeros(y);
    return shift && at >= 0 ? 63 - at : at;
  }
}
